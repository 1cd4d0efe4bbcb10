"""记录明细：任一数字背后的记录，筛选与数字完全相同；点一行看一条记录的来龙去脉。"""

import streamlit as st

from ui.frame.page import open_page
from ui.parts.records import card as record_card
from ui.parts.records import list as record_list

asked = st.query_params.get("record")
page = open_page("records", filtered=not asked)
if asked:
    record_card.draw(page, asked)
else:
    record_list.draw(page)
