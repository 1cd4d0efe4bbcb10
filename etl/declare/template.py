"""An empty workbook for a source kept by hand: headers, drop-downs,
formats and one example row that loads as it stands."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

from etl.form.model import Column, Source
from etl.form.table import CHOICES_SHEET

LAST_ROW = 2000
EXAMPLE_DAY = datetime(2026, 9, 1, 8, 30)
_FORMATS = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "deadline": "yyyy-mm-dd hh:mm",
    "integer": "0",
    "number": "General",
    "percent": "0.0%",
}
_HINTS = {
    "date": "日期，如 2026-09-01",
    "datetime": "日期时间，如 2026-09-01 08:30",
    "deadline": "日期或日期时间；只写日期时按当天 24 点前",
    "duration": "时长，如 6小时30分钟",
    "boolean": "是 或 否",
    "list": "几个值之间用顿号「、」隔开",
    "place": "楼名加房间，如 3号楼302",
    "integer": "整数",
    "number": "数",
    "percent": "百分数，如 85%",
    "id": "编号按文本填写，不会变成科学计数",
}


def write_template(source: Source, file: Path | BinaryIO) -> None:
    """Write the workbook to a path or an open file; its sheet is called by the source's title."""
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": EXAMPLE_DAY})  # the same declaration, the same bytes
    sheet = book.add_worksheet(_sheet_name(source.title))
    sheet.freeze_panes(1, 0)
    needed = book.add_format({"bold": True, "bg_color": "#12436D", "font_color": "white", "text_wrap": True})
    other = book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True})
    columns = [column for column in source.columns if column.constant is None]
    words = None
    for position, column in enumerate(columns):
        label = f"{column.label}（必填）" if column.required else column.label
        cell = book.add_format({"num_format": _FORMATS.get(column.type, "@")})
        sheet.set_column(position, position, max(12, 2 * len(label) + 2), cell)
        sheet.write_string(0, position, label, needed if column.required else other)
        options = choices(column)
        if options:
            words = words or book.add_worksheet(CHOICES_SHEET)
            words.hide()
        _validate(sheet, words, position, column, options)
        _write(sheet, position, example(column), cell)
    book.close()


def choices(column: Column) -> list[str]:
    """What a drop-down offers: the values themselves, or for code words such as open their first spelling."""
    if column.type == "boolean":
        return ["是", "否"]
    return [spellings[0] if value.isascii() and spellings else value for value, spellings in column.allowed]


def example(column: Column) -> str | float | datetime | None:
    """A value the column takes; None where none can be made up."""
    if column.example is not None:
        return column.example
    if column.pattern:
        return next((text for text in ("2026-1", "D01", "G01", "B1", "13800000000", "1") if _fits(column, text)), None)
    if options := choices(column):
        return options[0]
    if column.type in ("date", "datetime", "deadline"):
        return EXAMPLE_DAY
    low, high = column.minimum or 0, column.maximum
    numbers = {"integer": max(low, 1), "number": max(low, 1), "percent": 0.85}
    if column.type in numbers:
        return numbers[column.type] if high is None else min(numbers[column.type], high)
    texts = {"duration": "2分30秒", "id": "示例001", "place": "1号楼101", "list": "甲、乙"}
    return texts.get(column.type, "示例甲" if column.personal else f"示例{column.label}")


def _fits(column: Column, text: str) -> bool:
    import re

    return re.fullmatch(column.pattern or "", text) is not None


def _validate(sheet, words, position: int, column: Column, options: list[str]) -> None:
    rule: dict = {
        "validate": "any",
        "input_title": column.label[:32],
        "input_message": (column.note or _HINTS.get(column.type, ""))[:250],
    }
    if options:
        words.write_column(0, position, options)  # in the formula a comma or a quote in a value would cut it in two
        letter = xlsxwriter.utility.xl_col_to_name(position)
        source = f"={CHOICES_SHEET}!${letter}$1:${letter}${len(options)}"
        rule |= {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "没见过的写法",
            "error_message": "最好从下拉列表里选。",
        }
    elif not rule["input_message"]:
        return
    sheet.data_validation(1, position, LAST_ROW, position, rule)


def _write(sheet, position: int, value: object, cell) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(1, position, value, cell)
    elif isinstance(value, int | float):
        sheet.write_number(1, position, value, cell)
    elif value is not None:
        sheet.write_string(1, position, str(value), cell)


def _sheet_name(title: str) -> str:
    """Excel refuses some characters and more than 31 of any."""
    return "".join(" " if character in "[]:*?/\\" else character for character in title)[:31]
