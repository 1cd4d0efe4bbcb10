"""党支部：每个支部的数字，分子分母都在；真正有差别的才说，没有差别就不排名。"""

from ui import branches
from ui.page import open_page

page = open_page("branches")
branches.draw(page)
page.colour_note()
