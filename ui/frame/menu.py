"""The list of pages: a page is one file in pages/, found by its key, and one line here. The key is the address.

Nothing here knows how a page is drawn; what a page may show is decided where data is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST = "weekly"  # served at the root


@dataclass(frozen=True)
class Entry:
    """A page in the menu: its key, the name of a Material icon, its title, and the question it answers."""

    key: str
    icon: str
    title: str
    question: str


MENU = {
    "例会": (
        Entry("weekly", "event_note", "周例会", "这一周安全吗？什么真的变了，什么逾期，归谁负责。"),
        Entry("actions", "task_alt", "督办", "交办的事办了没有，有没有见效，由记录核验。"),
        Entry("red_lines", "block", "红线", "本周新增和一直没有销号的红线问题，每一起在哪里、归谁。"),
        Entry("cadences", "event_repeat", "法定频次", "法规要求定期做的事，哪一处该做、做了没有、下次最迟哪天。"),
        Entry("zero_report", "verified_user", "零报告", "不得发生的事多少天没有发生，零是真的没有还是没有人报。"),
    ),
    "安全态势": (
        Entry("trends", "show_chart", "趋势", "任一指标按周或按月的走势，附正常波动范围。"),
        Entry("campus_map", "map", "校园地图", "校园里哪里多、哪里少，深的颜色是不是偶然。"),
        Entry("building", "domain", "楼宇画像", "这一栋楼现在怎样，什么时候、哪一层、哪一类，欠着什么。"),
        Entry("buildings", "apartment", "楼宇热力", "哪栋楼、什么时候、什么类别偏多。"),
        Entry("grids", "grid_view", "网格热力", "哪个网格、什么时候、什么类别偏多。"),
        Entry("repeats", "replay", "反复与快慢", "哪里同一类事一再发生，哪些隐患销号后又出现，哪个部门办得慢。"),
        Entry("grid_work", "diversity_3", "微网格", "七项职责做了哪些，每个网格员承担多少，哪个网格没有动静。"),
        Entry("duty", "shield_person", "值守与检查", "门口有没有人，巡查到没到，检查有没有查出东西。"),
        Entry("incidents", "local_police", "案事件与反诈", "发生了什么，人到得快不快，骗了多少、劝住了多少。"),
        Entry("ladder", "stairs", "小事一格", "事情在哪一级解决，停了多久，有没有又冒出来。"),
    ),
    "服务与教育": (
        Entry("services", "volunteer_activism", "服务", "师生提的事，认领了吗、办成了吗、按时吗；哪个渠道、哪个支部。"),
        Entry("surveys", "sentiment_satisfied", "安全感调查", "师生觉得安全吗、满意吗，有多少人回答。"),
        Entry("drills", "school", "演练与培训", "该练的练了吗，该会的会了吗，证过期了没有。"),
    ),
    "党建": (
        Entry("branches", "flag", "支部总览", "哪个支部真的不同，先与自己的过去比。"),
        Entry("branch", "badge", "支部画像", "一个支部答应了什么、做了什么、有什么依据、见没见效。"),
        Entry("commitments", "handshake", "责任与共建", "责任状签了没有，结对有没有行动，交办的办完没有。"),
    ),
    "查证": (
        Entry("campaigns", "compare_arrows", "干预评估", "专项行动有没有用，行动前、中、后与同类楼宇比。"),
        Entry(
            "explorer", "pivot_table_chart", "探索", "任一指标按任两个维度分，两段时间、两处地点并排比，可保存和分享。"
        ),
        Entry("records", "list_alt", "记录明细", "任一数字背后的记录，和一条记录的来龙去脉。"),
        Entry("query", "terminal", "查询", "用一条只读的 SQL 问任何问题，结果成表、成图、可带走。"),
        Entry("quality", "health_and_safety", "数据体检", "文件、行数、拒收原因、更新是否及时。"),
        Entry("glossary", "menu_book", "指标说明", "每个指标怎么算、算谁、依据是什么。"),
    ),
}


def files_of(entries: Iterable[Entry], root: Path = ROOT) -> dict[str, str]:
    """Key → the file Streamlit calls the page by, relative to `root`. Raises FileNotFoundError for a line without a
    file."""
    files = {path.stem: path.relative_to(root).as_posix() for path in sorted((root / "pages").glob("*/*.py"))}
    if lacking := [entry.key for entry in entries if entry.key not in files]:
        raise FileNotFoundError(f"no pages/*/{lacking[0]}.py for the line 「{lacking[0]}」 of ui/frame/menu.py")
    return {entry.key: files[entry.key] for entry in entries}


PAGES = {entry.key: entry for entries in MENU.values() for entry in entries}
FILES = files_of(PAGES.values())
