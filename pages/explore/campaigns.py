"""干预评估：一次专项行动有没有用，行动前、中、后与同类楼宇比；看不出效果也是答案。"""

from ui.frame.page import open_page
from ui.parts.campaigns import campaigns

page = open_page("campaigns", filtered=False)
campaigns.draw(page)
