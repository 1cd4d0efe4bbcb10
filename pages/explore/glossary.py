"""指标说明: what every number means, what it is divided by, where it comes from and what it reads today."""

import streamlit as st

from metrics.define import catalogue
from ui.frame import words
from ui.frame.page import open_page
from ui.parts.explore import glossary
from ui.parts.trend import trend
from ui.widgets import metric_choice, tables

page = open_page("glossary")
page.headline(glossary.sentence(), of_all=True)

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="glossary_controls"):
    metric = metric_choice.choose(catalogue.all()[0].key)
with st.container(border=True, key="definition"):
    st.subheader(words.plain(metric.label), anchor=False)
    for heading, text in glossary.definition(page.build, metric):
        name, meaning = st.columns([1, 5])
        name.caption(heading)
        meaning.text(text)
    st.markdown(f"**{words.plain(glossary.example(page, metric), 200)}**")
    with st.container(horizontal=True):
        if trend.has_trend(metric):
            page.link("看趋势", "trends", metric=metric.key, icon=":material/show_chart:")
        page.link("查看记录", "records", metric=metric.key, icon=":material/list_alt:")

st.subheader("全部指标", anchor=False)
tables.draw(glossary.overview(page), glossary.COLUMNS, key="overview", height="content")
