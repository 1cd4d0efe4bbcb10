"""What the database complains of in a free query, said in Chinese with the place and the remedy."""

import re

import duckdb

MEMORY_MB = 500  # a query may take
_WORDS = (
    (r'near "(.+?)"', "「{0}」附近的写法读不懂，请核对拼写、逗号和括号。"),
    (r'column "(.+?)" not found|does not have a column named "(.+?)"', "没有叫「{0}」的列，请对照右边的列名。"),
    (r"Table with name (\S+) does not exist", "没有叫「{0}」的表，请对照右边列出的表。"),
    (r"Function with name (\S+) does not exist", "没有叫「{0}」的函数，请换一种写法。"),
    (
        r'column "(.+?)" must appear in the GROUP BY',
        "「{0}」既没有分组也没有汇总，请写进 GROUP BY，或用 any_value() 汇总。",
    ),
    (r"Ambiguous reference to column name \"(.+?)\"", "几张表都有「{0}」，请在前面写上表名。"),
    (r"Could not convert string '(.*?)'", "「{0}」不能换成要比的类型，请核对日期、数字的写法。"),
)


def explained(problem: duckdb.Error) -> str:
    """The database's complaint as one sentence with the place and the remedy."""
    if isinstance(problem, duckdb.OutOfMemoryException):
        return f"查询需要的内存超过 {MEMORY_MB} MB，已停止；请少连几张表，或先汇总再连接。"
    for pattern, sentence in _WORDS:
        if match := re.search(pattern, str(problem)):
            return sentence.format(next(group for group in match.groups() if group is not None))
    if isinstance(problem, duckdb.ParserException):
        return "这条语句读不懂，请核对是否写完整、括号和引号是否成对。"
    return "这条语句不能运行，请核对函数的参数和两边的类型。"
