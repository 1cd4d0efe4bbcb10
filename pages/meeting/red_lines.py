"""红线：不看统计，出现一起列一起；按红线分列，本周新增的、一直没有销号的，每一起都能打开。"""

from functools import partial

from reports.brief import assignments, given
from ui.frame.page import open_page
from ui.parts.actions import data as actions_data
from ui.parts.meeting import red_lines, weekly

page = open_page("red_lines", period=False)
everything = actions_data.opened(assignments.here).assignments()
red_lines.draw(page, weekly.choose_week(page, weekly.NOW), partial(given.of_red_line, everything))
page.colour_note()
