"""网格热力：哪个网格、什么时候、什么类别偏多；点一格就是记录。"""

from ui.frame.page import open_page
from ui.parts.heat import heat

page = open_page("grids")
heat.draw(page, "grid", heat.controls(page, "grid"))
