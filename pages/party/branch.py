"""支部画像：一个支部答应了什么、做了什么、有什么依据、见没见效；先与自己的过去比，再与预期比。"""

from functools import partial

from metrics.ask.selection import ALL
from reports.book import review
from reports.print import files
from ui.frame import data
from ui.frame.page import open_page
from ui.parts.branches import book as branch_book
from ui.parts.branches import portrait as branch_portrait

page = open_page("branch", filtered=False)
if chosen := branch_portrait.choose(page):
    branch, period = chosen
    compose = partial(review.book, page.build, period, page.scope)
    book = partial(data.composed, page.build, period.key, period.window.start, ALL, page.scope, 0, compose)
    branch_book.offer(page, period, lambda ending: files.document(book(), ending))
    branch_portrait.draw(page, branch, period)
page.colour_note()
