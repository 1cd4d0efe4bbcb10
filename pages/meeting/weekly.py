"""Placeholder."""

from ui.page import open_page

page = open_page("weekly")
page.headline("本页正在准备。")
