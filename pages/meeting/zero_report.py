"""零报告：不得发生的事，连续多少天没有发生；零是因为真的没有，还是因为没有人报。"""

from ui.frame.page import open_page
from ui.parts.meeting import zero_report

page = open_page("zero_report", filtered=False)
zero_report.draw(page)
page.colour_note()
