"""服务：师生提的事，认领了吗、办成了吗、按时吗；哪个渠道、哪个支部。"""

from ui.frame.page import open_page
from ui.parts.safety import services
from ui.widgets import board

page = open_page("services", facts=services.FACTS)
page.headline(services.sentence(page))
board.tiles(page, services.TILES)
services.draw_charts(page)
services.draw_tabs(page)
page.colour_note()
