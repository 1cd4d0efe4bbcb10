"""周例会: are we safe, what really changed, what is overdue and whose it is."""

from ui import data, kpi, weekly
from ui.page import open_page

page = open_page("weekly", period=False)
week = weekly.choose_week(page)
signals = data.weekly_signals(page.build.name, week, page.selection, page.scope)
page.headline(weekly.headline(page, week, signals))
weekly.warn_if_half_loaded(page, week)
kpi.wall(page, weekly.TILES, week)
weekly.draw_signals(page, signals)
weekly.draw_overdue(page, week)
weekly.draw_health(page)
page.colour_note()
