"""支部总览：真正有差别的才说，先与自己的过去比；分子分母都在，没有差别就不排名。"""

from functools import partial

from metrics.selection import ALL
from reports import printing, review
from ui import branch_book, branches, data
from ui.page import open_page

page = open_page("branches", filtered=False)
period = branches.choose(page)
compose = partial(review.book, page.build, period, page.scope)
book = partial(data.composed, page.build.name, period.key, period.window.start, ALL, page.scope, 0, compose)
branch_book.offer(page, period, lambda ending: printing.document(book(), ending))
branches.draw(page, period)
page.colour_note()
