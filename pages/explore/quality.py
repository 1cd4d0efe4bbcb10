"""数据体检: can the numbers be trusted today, and who must mend which file."""

import streamlit as st

from ui.frame import choice, missing_exports, words
from ui.frame.page import open_page
from ui.parts.explore import audit_list, quality
from ui.widgets import tables

TABS = {
    "拒收": (quality.rejects, quality.REJECTS, "没有拒收，所有行都收下了。"),
    "提示": (quality.warnings, quality.WARNINGS, "没有提示。"),
    "未识别地点": (quality.unresolved, quality.PLACES, "所有地点都认出来了。"),
    "文件": (quality.files, quality.FILES, "还没有文件。"),
    "列的说明": (quality.columns, quality.COLUMNS, "先在上面选一个来源。"),
}
MENDED = ("拒收", "提示", "未识别地点")
page = open_page("quality", filtered=False)
build = page.build
page.headline(quality.sentence(build))

st.subheader("来源是否按时更新", anchor=False)
sources = quality.sources(build)
tables.draw(
    sources, quality.SOURCES, key="sources", nothing="还没有来源。", height="content" if len(sources) <= 12 else 440
)
if never := "、".join(sources.loc[sources["is_missing"], "title"]):
    st.caption(f"从未收到：{words.plain(never, 200)}。{words.plain(missing_exports.REMEDY, 200)}")

st.subheader("要改的地方", anchor=False)
source = choice.select("来源", "source", {"": "全部来源", **quality.titles(build)}, default="", width=260) or None
quality.offer_template(build, source)
names = [*TABS, *(["审计记录"] if page.scope.everything else [])]
for name, tab in zip(names, st.tabs(names, key="tab", bind="query-params"), strict=True):
    if not tab.open:
        continue
    with tab:
        if name not in TABS:
            audit_list.draw(page)
            continue
        ask, columns, nothing = TABS[name]
        found = ask(build, source)
        st.caption(
            f"共 {len(found):,} 条。{'改好原文件后重新导出，放进 data/inbox 再载入即可。' if name in MENDED else ''}"
        )
        tables.draw(found, columns, key=f"table_{name}", nothing=nothing)
        tables.downloads(found, columns, quality.file_name(name, build.data_date), key=name)
