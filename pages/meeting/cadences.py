"""法定频次：哪个地点、哪个单位，哪一条要求多久一次，上次什么时候做的，下次最迟什么时候；检查的人可以直接打印。"""

import streamlit as st

from ui.frame.page import open_page
from ui.parts.meeting import cadences, cadences_paper
from ui.widgets import board

printing = st.query_params.get("print") == "1"
page = open_page("cadences", filtered=not printing, facts=cadences.FACTS)
found = cadences.obligations(page)
page.headline(cadences.sentence(page))
if cadences.nothing(page, found):
    st.stop()
if printing:
    cadences_paper.draw(page, found)
    st.stop()
board.tiles(page, ("cadence_coverage_rate", "drill_coverage_rate"), columns=2)
cadences.state_tiles(found)
cadences.duty_table(page)
cadences.ledger_table(page, found)
cadences.rule_table(page)
page.colour_note()
