"""微网格：十五个网格的七项职责做了哪些，每人承担多少，多久没有动静。"""

from ui.frame.page import open_page
from ui.parts.safety import grid_work

page = open_page("grid_work", facts=("grid_visits",))
grid_work.draw(page)
