"""周例会: are we safe, what really changed, what is overdue and whose it is."""

from ui import kpi, weekly
from ui.page import open_page

page = open_page("weekly", period=False)
week = weekly.choose_week(page)
page.headline("x")
kpi.wall(page, weekly.TILES, week)
weekly.draw_overdue(page, week)
weekly.draw_health(page)
page.colour_note()
