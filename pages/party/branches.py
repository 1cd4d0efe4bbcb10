"""支部总览：真正有差别的才说，先与自己的过去比；分子分母都在，没有差别就不排名。"""

from functools import partial

from metrics.ask.selection import ALL
from reports.book import review
from reports.print import files
from ui.frame import data
from ui.frame.page import open_page
from ui.parts.branches import book as branch_book
from ui.parts.branches import overview

page = open_page("branches", filtered=False)
period = overview.choose(page)
compose = partial(review.book, page.build, period, page.scope)
book = partial(data.composed, page.build, period.key, period.window.start, ALL, page.scope, 0, compose)
branch_book.offer(page, period, lambda ending: files.document(book(), ending))
overview.draw_review(page, period)
page.colour_note()
