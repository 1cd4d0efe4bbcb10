"""安全感调查：师生觉得安全吗、满意吗，有多少人回答；一次调查一次调查地看。"""

from ui.frame.page import open_page
from ui.parts.safety import surveys

page = open_page("surveys", period=False, facts=surveys.FACTS)
surveys.draw(page)
page.colour_note()
