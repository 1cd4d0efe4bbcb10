"""楼宇画像：这一栋楼现在怎样，什么时候、哪一层、哪一类，欠着什么。"""

from ui.frame.page import open_page
from ui.parts.safety import building

page = open_page("building")
facts = building.chosen(page)
if facts is not None:
    building.draw_portrait(page, facts)
    page.colour_note()
