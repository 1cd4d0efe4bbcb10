"""反复与快慢：哪个房间同一类事一再发生，哪些隐患销号后又出现，哪个部门办得慢。"""

from ui.frame.page import open_page
from ui.parts.safety import repeats

page = open_page("repeats")
repeats.draw(page)
page.colour_note()
