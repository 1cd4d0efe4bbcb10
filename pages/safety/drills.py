"""演练与培训：该练的练了吗，该会的会了吗，证过期了没有。"""

from ui import board, drills, drills_tabs
from ui.page import open_page

page = open_page("drills", facts=drills.FACTS)
page.headline(drills.sentence(page))
board.tiles(page, drills.TILES)
drills.charts(page)
drills_tabs.draw(page)
page.colour_note()
