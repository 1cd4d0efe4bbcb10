"""探索：任一指标按任两个维度分，看表、热力图、折线或条形；两段时间、两处地点并排比；每个视图都能保存和分享。"""

from ui.frame.page import open_page
from ui.parts.actions import data as actions_data
from ui.parts.explorer import explorer
from ui.parts.explorer import request as explorer_request
from ui.parts.explorer import views as explorer_views

page = open_page("explorer")
with page.bar:
    explorer_views.draw_button()
actions_data.draw_sentence()
explorer.draw(page, explorer_request.controls(page))
page.colour_note()
