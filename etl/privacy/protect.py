"""At the door: personal cells are keyed, masked or dropped before anything is stored.

Declared personal columns follow their declaration; an undeclared column whose header sounds personal is keyed; in all
other words telephone numbers, ID card numbers, e-mail addresses and named people are masked by pattern.
"""

import hmac
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import replace

from etl.form.headers import map_header, normalise_header
from etl.form.model import PERSONAL, Column, Source
from etl.form.table import Table
from etl.form.text import NO_RESULT, NULL_WORDS, is_error, is_null, normalise_word
from etl.privacy.names import RowNames
from etl.privacy.text import mask_column, mask_name, mask_text, mask_value, people
from warehouse import paths
from warehouse.errors import UserError

__all__ = ["load_key", "mask_name", "mask_text", "protect"]

KEY_LENGTH = 16
REMEMBERED = 200_000
_SOUNDS_PERSONAL = re.compile(
    r"姓名|电话|手机|身份证|证件号|学号|工号|学工号|联系方式|联系人|邮箱|电子邮件|微信|qq|住址|银行卡|提交者|来自ip"
    r"|(?:上报|报修|申请|反映|诉求|求助|发起|提交|填报|处理|整改|维修|接单|结单|制单|发单|派单|操作|复查|检查|负责|经办|回访|来电|当事|外部对接)人(?:员|姓名)?$"
    r"|phone|mobile|telephone|email|idcard|caller|wechat|username|fullname|openedby|createdby|updatedby|resolvedby|assignedto"
)


def load_key() -> bytes:
    """The secret that keys people; made once with mode 0600 in the user's own folder.
    Raises UserError when too short, or when others may read it."""
    path = paths.key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return load_key()
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode())
    if path.stat().st_mode & 0o077 and os.name == "posix":
        raise UserError(f"密钥文件 {path} 别人也能读，没有使用；请运行 chmod 600 {path}，再试一次。")
    key = path.read_bytes().strip()
    if len(key) < 16:
        raise UserError(f"密钥文件 {path} 太短，请恢复备份；没有备份时删除它会重新生成，但新旧人员对不上。")
    return key


def key_people(text: str, key: bytes) -> str | None:
    """Every person in a cell → 16 hex digits of HMAC-SHA256, in a stable order, joined by 、; None when it names none.

    匿名 stays as it is: it names nobody, and keyed it would look like one very busy person.
    """
    if text.isdigit():
        return _keyed(text, key)
    keyed = {person if person.startswith("匿名") else _keyed(person, key) for person in people(text)}
    return "、".join(sorted(keyed)) or None


def _keyed(person: str, key: bytes) -> str:
    return hmac.digest(key, person.encode(), "sha256").hex()[:KEY_LENGTH]


def protect(table: Table, source: Source | None, key: bytes) -> Table:
    """The same table without raw personal cells; dropped columns are gone.
    source None: only headers and patterns decide."""
    meaning = map_header(table.header, source).meaning if source else {}
    treatment = [
        _treatment(label, source.column(meaning[position]) if source and position in meaning else None)
        for position, label in enumerate(table.header)
    ]
    how_each = list(zip(treatment, table.header, table.columns, strict=True))
    guard = _Guard(key, source, RowNames([column for how, _, column in how_each if how in PERSONAL]))
    return replace(
        table,
        title=mask_text(table.title),
        header=[label for how, label, _ in how_each if how != "drop"],
        columns=[guard.treat(column, how) for how, _, column in how_each if how != "drop"],
        notes=[replace(note, message=mask_text(note.message)) for note in table.notes],
        unreadable=[(row, mask_text(text), reason) for row, text, reason in table.unreadable],
    )


def _treatment(label: str, column: Column | None) -> str:
    """key, mask, drop, text (search for patterns) or keep (ids only: anything may stand in a cell meant for a date)."""
    if column is not None:
        return column.personal or ("keep" if column.type == "id" else "text")
    return "key" if _SOUNDS_PERSONAL.search(normalise_header(label)) else "text"


_keyed_before: dict[tuple[bytes, frozenset[str]], dict[str | None, str | None]] = {}


class _Guard:
    """One table's columns, treated one by one."""

    def __init__(self, key: bytes, source: Source | None, names: RowNames):
        self.key, self.names = key, names
        self.nothing = NULL_WORDS | frozenset(map(normalise_word, source.dialect.null if source else ()))

    def treat(self, column: list[str | None], how: str) -> list[str | None]:
        """The column as it may be stored."""
        if how == "keep":
            return column
        if how == "key":
            answers = _keyed_before.setdefault((self.key, self.nothing), {None: None})
            return self._changed(column, answers, lambda text: key_people(text, self.key))
        if how == "mask":
            return self._changed(column, {None: None}, mask_value)
        return self.names.mask_in(mask_column(column))

    def _changed(self, column: list, answers: dict[str | None, str | None], change: Callable) -> list[str | None]:
        """A function over the distinct cells not met before; weekly exports name the same people again and again."""
        if len(answers) > REMEMBERED:
            answers.clear()
            answers[None] = None
        for text in set(column).difference(answers):
            is_said = text == NO_RESULT or is_error(text)  # names nobody, and typing has to see it
            answers[text] = text if is_said else None if is_null(text, self.nothing) else change(text)
        return [answers[text] for text in column]
