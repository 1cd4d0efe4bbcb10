"""督办: what was assigned, whether it worked by the records, and what was reported."""

import streamlit as st

from reports.brief import assignments
from ui.frame.page import open_page
from ui.parts.actions import assignment as action_assignment
from ui.parts.actions import data as actions_data
from ui.parts.actions import form as actions_form
from ui.parts.actions import list as action_list

page = open_page("actions", filtered=False)
ledger = actions_data.opened(assignments.here)
found = assignments.live(page.build, ledger, page.scope, actions_data.judge)
number = st.query_params.get("number")
if number:
    action_assignment.draw(page, ledger, number, next((one for one in found if one.number == number), None))
elif "new" in st.query_params:
    actions_form.new(page, ledger)
else:
    page.headline(assignments.headline(found))
    action_list.draw(
        page, ledger, found, lambda: assignments.keep(ledger, page.build, found, page.build.data_date.date())
    )
