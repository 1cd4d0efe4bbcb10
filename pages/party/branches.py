"""Placeholder until drawn."""

from ui.page import open_page

page = open_page("branches")
page.headline("本页正在准备。")
