"""One branch on one page, from the written files: three tasks due, one of them without evidence,
one award, one campaign elsewhere.
"""

import re

from tests.pages.conftest import words


def listed(at, mark: str) -> list[list[str]]:
    """Cells of the small table whose header begins with `mark`."""
    body = next(element.proto.body for element in at.get("html") if f"<th>{mark}</th>" in element.proto.body)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body.partition("<tbody>")[2])
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


def test_the_first_line_says_what_was_promised_and_what_came_of_it(open_written):
    said = words(open_written("branch", branch="B1")).replace("\\", "")
    assert "第一党支部：本期到期任务 2 项，按期完成 1 项，缺佐证 1 项；没有可以与自己的过去比的比率" in said


def test_a_task_without_evidence_counts_as_not_done(open_written):
    rows = {row[0]: row[4:] for row in listed(open_written("branch", branch="B1"), "任务")}
    assert rows == {"任务甲": ["按期完成", "https://example.com/a"], "任务乙": ["缺佐证", "没有佐证，算没有完成"]}


def test_late_off_and_not_due_are_told_apart(open_written):
    rows = {row[0]: row[4] for row in listed(open_written("branch", branch="B2"), "任务")}
    assert rows == {"任务丙": "逾期完成", "任务丁": "未到期"}
    assert [row[4] for row in listed(open_written("branch", branch="B3"), "任务")] == ["取消"]


def test_the_brand_is_shown_as_the_branch_wrote_it(open_written):
    said = words(open_written("branch", branch="B1"))
    assert all(part in said for part in ("明灯守夜", "夜里有灯", "夜巡队", "响应更快", "成效（支部自述）"))


def test_an_award_is_evidence_and_opens_its_record(open_written):
    at = open_written("branch", branch="B1")
    assert "不进任何比率" in words(at)
    assert listed(at, "日期")[0][:3] == ["2026-10-01", "先进基层党组织", "校级"]


def test_cases_are_real_records_each_with_its_way_to_the_timeline(open_at):
    at = open_at("branch", branch="B1")
    cases = [element.proto.body for element in at.get("html") if 'class="case"' in element.proto.body]
    assert len(cases) == 2  # one kind of record at most twice, and this branch has tickets only
    assert all(re.search(r'href="records\?[^"]*record=tickets%3AT\d+-\d', case) for case in cases)


def test_an_unknown_branch_is_said_and_the_first_is_shown(open_at):
    at = open_at("branch", branch="B99")
    assert "第一党支部" in words(at) and "已忽略" in at.warning[0].value


def test_the_way_back_keeps_the_period(open_at):
    at = open_at("branch", branch="B2", review="M2026-10")
    back = next(link for link in at.get("page_link") if link.proto.label == "回到支部总览")
    assert "review=M2026-10" in back.proto.query_string
