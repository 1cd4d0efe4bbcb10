"""今晚：昨晚以来来了什么，红线还开着几起，今明两天什么到期，谁在值守；每个来源到什么时候为止。"""

from ui.frame.page import open_page
from ui.parts.safety import tonight

page = open_page("tonight", period=False, facts=tonight.FACTS)
tonight.draw(page)
