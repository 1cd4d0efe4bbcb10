"""Placeholder until drawn."""

from ui.page import open_page

page = open_page("trends")
page.headline("本页正在准备。")
