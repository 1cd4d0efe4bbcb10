"""演练与培训：该练的练了吗，该会的会了吗，证过期了没有。"""

from ui.frame.page import open_page
from ui.parts.safety import drills, drills_tabs
from ui.widgets import board

page = open_page("drills", facts=drills.FACTS)
page.headline(drills.sentence(page))
board.tiles(page, drills.TILES)
drills.charts(page)
drills_tabs.draw(page)
page.colour_note()
