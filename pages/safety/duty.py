"""值守与检查：多少人次在岗，哪些岗缺人，检查查出了什么，谁的检查从来没有发现。"""

from ui.frame.page import open_page
from ui.parts.safety import duty
from ui.widgets import board

page = open_page("duty", facts=duty.FACTS)
page.headline(duty.sentence(page))
board.tiles(page, duty.TILES)
duty.chart(page)
duty.idle(page)
duty.tables_by(page)
duty.planned(page)
page.colour_note()
