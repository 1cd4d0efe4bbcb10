"""查询：一条只读的 SELECT，时间、内存、行数有限，表和列写在旁边，每次都记入审计记录。"""

from ui.frame.page import open_page
from ui.parts.explore import free_query

page = open_page("query", filtered=False)
free_query.draw(page)
