"""校园地图：哪里多、哪里少，深的颜色是不是偶然；点一栋楼就是它的画像。"""

from ui.frame.page import open_page
from ui.parts.safety import campus_map

page = open_page("campus_map")
campus_map.draw(page, campus_map.controls(page))
