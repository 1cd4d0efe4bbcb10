"""红线：不看统计，出现一起列一起；按红线分列，本周新增的、一直没有销号的，每一起都能打开。"""

from ui.frame.page import open_page
from ui.parts.meeting import red_lines, weekly

page = open_page("red_lines", period=False)
red_lines.draw(page, weekly.choose_week(page, weekly.NOW))
page.colour_note()
