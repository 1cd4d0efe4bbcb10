"""微网格：十五个网格的七项职责做了哪些，每人承担多少，多久没有动静。"""

from ui import grid_work
from ui.page import open_page

page = open_page("grid_work", facts=("grid_visits",))
grid_work.draw(page)
