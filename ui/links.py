"""Where a click leads: a page's address with the filters in it, so that every view can be bookmarked and sent."""

from urllib.parse import urlencode

import streamlit as st

from ui.filters import Filters

# key of a page = its address → the file Streamlit calls it by, its name in the menu, the question it answers
PAGES = {
    "weekly": ("pages/meeting/weekly.py", "周例会", "这一周安全吗？什么真的变了，什么逾期，归谁负责。"),
    "trends": ("pages/safety/trends.py", "趋势", "任一指标按周或按月的走势，附正常波动范围。"),
    "buildings": ("pages/safety/buildings.py", "楼宇热力", "哪栋楼、什么时候、什么类别偏多。"),
    "grids": ("pages/safety/grids.py", "网格热力", "哪个网格、什么时候、什么类别偏多。"),
    "branches": ("pages/party/branches.py", "党支部", "每个支部的数字，真正有差别的才说。"),
    "records": ("pages/explore/records.py", "下钻", "任一数字背后的记录，和一条记录的来龙去脉。"),
    "quality": ("pages/explore/quality.py", "数据体检", "文件、行数、拒收原因、更新是否及时。"),
    "glossary": ("pages/explore/glossary.py", "指标说明", "每个指标怎么算、算谁、依据是什么。"),
}
FILES = {key: file for key, (file, _, _) in PAGES.items()}


def query(filters: Filters, **extra: object) -> list[tuple[str, str]]:
    """Key–value pairs of a query string, tuples repeated: filters first, then what the page adds (None is left out)."""
    pairs = []
    for key, value in {**filters.to_query(), **extra}.items():
        values = value if isinstance(value, tuple | list) else () if value is None else (value,)
        pairs += [(key, str(each)) for each in values]
    return pairs


def href(page: str, filters: Filters, **extra: object) -> str:
    """A relative address such as 「trends?building=D03&metric=ticket_on_time_rate」. Raises KeyError for an unknown page."""
    if page not in FILES:
        raise KeyError(page)
    pairs = query(filters, **extra)
    path = "./" if page == "weekly" else page  # the first page is served at the root
    return f"{path}?{urlencode(pairs)}" if pairs else path


def link(label: str, page: str, filters: Filters, help: str = "", icon: str = "", width: str = "content", **extra: object) -> None:
    """Draw a link that opens another page in the same tab, without starting a new session. `label` must be harmless."""
    st.page_link(FILES[page], label=label, help=help, icon=icon, width=width, query_params=query(filters, **extra))
