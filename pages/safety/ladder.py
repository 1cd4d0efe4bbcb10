"""小事一格：事情在哪一级解决，停了多久，解决了的有没有又冒出来。"""

from ui import ladder
from ui.page import open_page

page = open_page("ladder", facts=ladder.FACTS)
ladder.draw(page)
page.colour_note()
