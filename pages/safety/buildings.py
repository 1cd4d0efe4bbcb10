"""楼宇热力：哪栋楼、什么时候、什么类别偏多；点一格就是记录。"""

from ui.frame.page import open_page
from ui.parts.heat import heat

page = open_page("buildings")
heat.draw(page, "building", heat.controls(page, "building"))
