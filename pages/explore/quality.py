"""Placeholder."""

from ui.page import open_page

page = open_page("quality")
page.headline("本页正在准备。")
