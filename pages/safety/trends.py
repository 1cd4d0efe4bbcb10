"""趋势：任一指标按周或按月的走势，先说结论，再画图，最后给数字。"""

from ui import trend
from ui.page import open_page

page = open_page("trends")
trend.draw(page, trend.controls())
page.link("这个范围的全部记录", "records")
page.colour_note()
