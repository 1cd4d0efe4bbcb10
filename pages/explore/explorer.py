"""探索：任一指标按任两个维度分，看表、热力图、折线或条形；两段时间、两处地点并排比；每个视图都能保存和分享。"""

from ui import actions_data, explorer, explorer_asked, explorer_views
from ui.page import open_page

page = open_page("explorer")
with page.bar:
    explorer_views.draw()
actions_data.said()
explorer.draw(page, explorer_asked.controls(page))
page.colour_note()
