"""责任与共建：责任状签了没有，结对的有没有行动，交办的办完没有；荣誉作依据，积分仅供参考。"""

from ui.frame.page import open_page
from ui.parts.branches import commitments

page = open_page("commitments", facts=("pairings", "assignments"))
commitments.draw(page)
