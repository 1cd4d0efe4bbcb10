"""The list of places and their pages: a page is one file in pages/, found by its key, and one line here among the tabs
of its place. The key is the address, of the page and so of the tab.

Nothing here knows how a page is drawn; what a page may show is decided where data is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST = "weekly"  # served at the root


@dataclass(frozen=True)
class Entry:
    """A page: its key, what it is called among its place's tabs, its title, and the question it answers.

    `whole`: only for those whose rights are not limited.
    """

    key: str
    tab: str
    title: str
    question: str
    whole: bool = False


@dataclass(frozen=True)
class Place:
    """What the menu shows: the name of a Material icon, a title, its pages as tabs, the first of them its answer.

    `keeps`: keys of the address that go along from tab to tab, beside the filters.
    """

    icon: str
    title: str
    tabs: tuple[Entry, ...]
    keeps: tuple[str, ...] = ()

    def seen(self, whole: bool) -> tuple[Entry, ...]:
        """The tabs for a viewer; `whole`: whether their rights are not limited."""
        return tuple(tab for tab in self.tabs if whole or not tab.whole)


PLACES = (
    Place(
        "nightlight",
        "今晚",
        (Entry("tonight", "今晚", "今晚", "昨晚以来来了什么，红线还开着几起，今明两天什么到期，谁在值守。"),),
    ),
    Place(
        "event_note",
        "周例会",
        (
            Entry("weekly", "例会", "周例会", "这一周安全吗？什么真的变了，什么逾期，归谁负责。"),
            Entry("actions", "督办", "督办", "交办的事办了没有，有没有见效，由记录核验。"),
            Entry("red_lines", "红线", "红线", "本周新增和一直没有销号的红线问题，每一起在哪里、归谁。"),
            Entry("zero_report", "零报告", "零报告", "不得发生的事多少天没有发生，零是真的没有还是没有人报。"),
        ),
        keeps=("week",),
    ),
    Place(
        "event_repeat",
        "法定与演练",
        (
            Entry("cadences", "法定频次", "法定频次", "法规要求定期做的事，哪一处该做、做了没有、下次最迟哪天。"),
            Entry("drills", "演练与培训", "演练与培训", "该练的练了吗，该会的会了吗，证过期了没有。"),
        ),
    ),
    Place(
        "domain",
        "楼宇",
        (
            Entry("campus_map", "地图", "校园地图", "校园里哪里多、哪里少，深的颜色是不是偶然。"),
            Entry("building", "画像", "楼宇画像", "这一栋楼现在怎样，什么时候、哪一层、哪一类，欠着什么。"),
            Entry("buildings", "热力", "楼宇热力", "哪栋楼、什么时候、什么类别偏多。"),
            Entry("repeats", "反复", "反复与快慢", "哪里同一类事一再发生，哪些隐患销号后又出现，哪个部门办得慢。"),
        ),
        keeps=("metric",),
    ),
    Place(
        "grid_view",
        "网格",
        (
            Entry("grids", "热力", "网格热力", "哪个网格、什么时候、什么类别偏多。"),
            Entry("grid_work", "七项职责", "微网格", "七项职责做了哪些，每个网格员承担多少，哪个网格没有动静。"),
            Entry("ladder", "小事一格", "小事一格", "事情在哪一级解决，停了多久，有没有又冒出来。"),
        ),
        keeps=("metric",),
    ),
    Place(
        "local_police",
        "案件与值守",
        (
            Entry("incidents", "案件", "案事件与反诈", "发生了什么，人到得快不快，骗了多少、劝住了多少。"),
            Entry("duty", "值守", "值守与检查", "门口有没有人，巡查到没到，检查有没有查出东西。"),
        ),
    ),
    Place(
        "volunteer_activism",
        "服务与调查",
        (
            Entry("services", "服务", "服务", "师生提的事，认领了吗、办成了吗、按时吗；哪个渠道、哪个支部。"),
            Entry("surveys", "调查", "安全感调查", "师生觉得安全吗、满意吗，有多少人回答。"),
        ),
    ),
    Place(
        "flag",
        "支部",
        (
            Entry("branches", "总览", "支部总览", "哪个支部真的不同，先与自己的过去比。"),
            Entry("branch", "档案", "支部画像", "一个支部答应了什么、做了什么、有什么依据、见没见效。"),
            Entry("commitments", "责任与共建", "责任与共建", "责任状签了没有，结对有没有行动，交办的办完没有。"),
            Entry("campaigns", "干预评估", "干预评估", "专项行动有没有用，行动前、中、后与同类楼宇比。"),
        ),
        keeps=("review", "kind"),
    ),
    Place(
        "search",
        "查证",
        (
            Entry("trends", "趋势", "趋势", "任一指标按周或按月的走势，附正常波动范围。"),
            Entry("explorer", "探索", "探索", "任一指标按任两个维度分，两段时间、两处地点并排比，可保存和分享。"),
            Entry("records", "记录", "记录明细", "任一数字背后的记录，和一条记录的来龙去脉。"),
            Entry("query", "查询", "查询", "用一条只读的 SQL 问任何问题，结果成表、成图、可带走。", whole=True),
            Entry("quality", "数据", "数据体检", "文件、行数、拒收原因、更新是否及时。"),
            Entry("glossary", "指标", "指标说明", "每个指标怎么算、算谁、依据是什么。"),
        ),
        keeps=("metric",),
    ),
)


def files_of(entries: Iterable[Entry], root: Path = ROOT) -> dict[str, str]:
    """Key → the file Streamlit calls the page by, relative to `root`. Raises FileNotFoundError for a line without a
    file."""
    files = {path.stem: path.relative_to(root).as_posix() for path in sorted((root / "pages").glob("*/*.py"))}
    if lacking := [entry.key for entry in entries if entry.key not in files]:
        raise FileNotFoundError(f"no pages/*/{lacking[0]}.py for the line 「{lacking[0]}」 of ui/frame/menu.py")
    return {entry.key: files[entry.key] for entry in entries}


PAGES = {entry.key: entry for place in PLACES for entry in place.tabs}
PLACE_OF = {entry.key: place for place in PLACES for entry in place.tabs}
FILES = files_of(PAGES.values())
