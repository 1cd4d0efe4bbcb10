"""趋势：任一指标按周或按月的走势，先说结论，再画图，最后给数字。"""

import streamlit as st

from ui.frame.page import open_page
from ui.parts.trend import split as trend_split
from ui.parts.trend import trend

page = open_page("trends")
view = trend.controls(page)
frame = trend.frame_of(view)
if frame is not None:
    (trend_split if view.by else trend).draw(view, frame)
with st.container(horizontal=True, gap="small"):
    page.link("查看这个范围的全部记录", "records", metric=view.metric.key)
    page.link("这个指标怎么算", "glossary", metric=view.metric.key)
page.colour_note()
