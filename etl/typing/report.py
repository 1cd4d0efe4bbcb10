"""What conform has to say about a sheet: rejects with place, reason and remedy, and warnings counted, not repeated."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.form.headers import HeaderMap
from etl.form.model import Column
from etl.form.table import Table
from etl.privacy.text import mask_text
from etl.typing.cells import Cells

SHOWN = 60
MOST_VALUES = 20
NAMED = 5  # rows named in a sentence


@dataclass(frozen=True)
class Reject:
    """One cell or row that could not be taken in. A lost row has exactly one reject with is_whole_row; its further bad
    cells follow as cell rejects."""

    sheet: str
    row_number: int
    column_label: str | None
    value_masked: str | None
    code: str
    reason: str
    remedy: str
    is_whole_row: bool = False


@dataclass(frozen=True)
class Warned:
    """Something taken in that somebody should look at; the first row and how often."""

    sheet: str
    row_number: int | None
    column_label: str | None
    code: str
    message: str
    remedy: str
    occurrences: int = 1


def shown(text: str | None, column: Column | None = None) -> str | None:
    """A value fit to be stored in a report: personal ones not at all, others masked and cut."""
    if text is None:
        return None
    if column is not None and column.personal:
        return "***"
    masked = mask_text(text)
    return masked if len(masked) <= SHOWN else masked[:SHOWN] + "…"


class Report:
    """Collects over the columns of one sheet."""

    def __init__(self, table: Table):
        self.table = table
        self.warnings: list[Warned] = []
        self.rejects: list[tuple[int, Reject, bool]] = []

    def column(self, column: Column, label: str, cells: Cells) -> None:
        """The outcome of one column."""
        for row, problem in cells.bad.items():
            self._reject(row, column, label, cells.texts[row], (problem.code, problem.reason, problem.remedy))
        if column.required:
            for row in cells.missing():
                self._reject(
                    row, column, label, cells.texts[row], ("missing", "必填的内容是空的", "在导出前补上这一格。")
                )
        self._doubts(column, label, cells)

    def _reject(self, row: int, column: Column, label: str, text: str | None, why: tuple[str, str, str]) -> None:
        number = self.table.row_numbers[row]
        reject = Reject(self.table.sheet, number, label, shown(text, column), *why)
        self.rejects.append((row, reject, column.required))

    def _doubts(self, column: Column, label: str, cells: Cells) -> None:
        """Cautions, one warning a code; unseen values one a value, the rarest beyond twenty together."""
        groups: dict[tuple[str, str | None], list[int]] = {}
        for row, caution in cells.doubtful.items():
            value = shown(cells.texts[row], column) if caution.code == "unseen_value" else None
            groups.setdefault((caution.code, value), []).append(row)
        by_count = sorted(groups.items(), key=lambda group: (-len(group[1]), group[1][0]))
        for (_code, value), rows in by_count[:MOST_VALUES]:
            caution = cells.doubtful[rows[0]]
            message = f"{caution.message}「{value}」" if value else caution.message
            self._warn(rows[0], label, caution.code, message, caution.remedy, len(rows))
        rest = by_count[MOST_VALUES:]
        if rest:
            count = sum(len(rows) for _, rows in rest)
            self._warn(
                rest[0][1][0],
                label,
                "unseen_value",
                f"另有 {len(rest)} 种没见过的取值",
                "看看这一列是不是该用文字类型。",
                count,
            )

    def _warn(self, row: int, label: str, code: str, message: str, remedy: str, count: int) -> None:
        self.warnings.append(Warned(self.table.sheet, self.table.row_numbers[row], label, code, message, remedy, count))

    def new_headers(self, positions: Iterable[int]) -> None:
        """Columns nobody declared: kept in the landed file, not in the build. One notice each, whatever the cells."""
        remedy = "需要时写进来源声明的 [[column]]；不需要就写进 ignored。"
        for position in positions:
            message = f"第一次见到的列「{self.table.header[position]}」"
            place = (self.table.sheet, self.table.header_row, self.table.header[position])
            self.warnings.append(Warned(*place, "new_header", message, remedy))

    def differing(self, labels: list[str], rows: list[int]) -> None:
        """Columns of one meaning that are both filled and say different things: the first was taken."""
        shown = "、".join(str(self.table.row_numbers[row]) for row in rows[:NAMED])
        more = f"等 {len(rows)} 行" if len(rows) > NAMED else "行"
        message = f"「{'」和「'.join(labels)}」是同一个意思，第 {shown} {more}填得不一样，按「{labels[0]}」读"
        remedy = "核对这些行；如果不是一个意思，在来源声明里分成两列。"
        self._warn(rows[0], labels[0], "columns_differ", message, remedy, len(rows))

    def spare_headers(self, mapped: HeaderMap) -> None:
        """Columns that would answer too, by the last part of their header, and were not used."""
        for position in mapped.spare:
            used = self.table.header[mapped.positions[mapped.meaning[position]]]
            label = self.table.header[position]
            message = f"「{label}」没有用到，已用「{used}」"
            place = (self.table.sheet, self.table.header_row, label)
            remedy = "需要时写进来源声明的 [[column]]；不需要就写进 ignored。"
            self.warnings.append(Warned(*place, "spare_header", message, remedy))

    def no_rows(self) -> None:
        """A header without records: most often a filter that was left on."""
        remedy = "确认这段时间真的没有记录，或检查导出时的筛选条件。"
        message = "只有表头，没有记录"
        self.warnings.append(Warned(self.table.sheet, self.table.header_row, None, "no_rows", message, remedy))

    def close(self, lost: set[int]) -> tuple[list[Reject], list[Warned]]:
        """Rejects in the order of the rows; the first required failure of a lost row stands for the row."""
        rejects, counted = [], set()
        for row, reject, required in sorted(self.rejects, key=lambda item: (item[0], not item[2])):
            whole = required and row in lost and row not in counted
            if whole:
                counted.add(row)
            rejects.append(replace(reject, is_whole_row=True) if whole else reject)
        for number, text, reason in self.table.unreadable:
            why = ("broken_row", reason, "检查这一行的分隔符、引号和列数。")
            rejects.append(Reject(self.table.sheet, number, None, shown(text), *why, is_whole_row=True))
        return sorted(rejects, key=lambda reject: reject.row_number), self.warnings
