"""下钻：任一数字背后的记录，筛选与数字完全相同；点一行看一条记录的来龙去脉。"""

import streamlit as st

from ui import record_card, record_list
from ui.page import open_page

asked = st.query_params.get("record")
page = open_page("records", filtered=not asked)
if asked:
    record_card.draw(page, asked)
else:
    record_list.draw(page)
