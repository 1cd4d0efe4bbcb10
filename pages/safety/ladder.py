"""小事一格：事情在哪一级解决，停了多久，解决了的有没有又冒出来。"""

from ui.frame.page import open_page
from ui.parts.safety import ladder

page = open_page("ladder", facts=ladder.FACTS)
ladder.draw(page)
page.colour_note()
