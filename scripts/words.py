"""Make messages.mo of warehouse/words/zh/LC_MESSAGES/messages.po, as msgfmt does: python scripts/words.py

Reads what messages.po holds: one msgid and one msgstr a word, each on one line.
"""

import ast
import re
import struct
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "warehouse" / "words" / "zh" / "LC_MESSAGES" / "messages.po"
MAGIC, HEAD = 0x950412DE, 28  # of a compiled catalogue; its head is seven numbers
PAIR = re.compile(r'^msgid (".*")\nmsgstr (".*")$', re.MULTILINE)


def words(text: str) -> dict[str, str]:
    """Word → its translation; the first, '', holds the catalogue's own facts."""
    return {ast.literal_eval(word): ast.literal_eval(ours) for word, ours in PAIR.findall(text)}


def compiled(pairs: dict[str, str]) -> bytes:
    """The catalogue: head, two tables of (length, offset), then the words, each ended by a zero byte."""
    order = sorted(pairs)
    columns = [[word.encode() for word in order], [pairs[word].encode() for word in order]]
    at, tables, strings = HEAD + 16 * len(order), b"", b""
    for column in columns:
        for word in column:
            tables += struct.pack("<II", len(word), at + len(strings))
            strings += word + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(order), HEAD, HEAD + 8 * len(order), 0, at)
    return head + tables + strings


if __name__ == "__main__":
    FILE.with_suffix(".mo").write_bytes(compiled(words(FILE.read_text(encoding="utf-8"))))
