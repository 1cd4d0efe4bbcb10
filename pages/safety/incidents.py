"""案事件与反诈：发生了什么，人到得快不快；骗了多少人、多少钱，劝住了多少。"""

from ui.frame.page import open_page
from ui.parts.safety import incidents
from ui.widgets import board

page = open_page("incidents", facts=incidents.FACTS)
page.headline(incidents.sentence(page))
board.tiles(page, incidents.TILES)
incidents.draw_charts(page)
incidents.draw_tabs(page)
page.colour_note()
