"""Line numbers in a declaration: tomllib gives none, so the text is scanned for the block, the key and the value."""

import re

_HEADING = re.compile(r"^\s*\[\[?\s*([\w.\"-]+)\s*\]\]?")


def _block_lines(lines: list[str], block: str | int) -> range:
    """Positions of the lines of one block, its sub-tables ([column.allowed], [source.dialect]) included."""
    start, count = None, -1
    for number, line in enumerate(lines):
        heading = _HEADING.match(line)
        if not heading:
            continue
        name = heading.group(1)
        count += name == "column"
        inside = name.split(".")[0] == block if isinstance(block, str) else count == block and name.startswith("column")
        if inside and start is None:
            start = number
        elif not inside and start is not None:
            return range(start, number)
    return range(start if start is not None else 0, len(lines))


def line_of(text: str, block: str | int, key: str | None = None, value: str | None = None) -> int:
    """1-based line of a quoted value, else of a key, else of the block's heading.

    block: 'source' (or any table name), or the position of a [[column]], 0 = first.
    """
    lines = text.splitlines()
    span = _block_lines(lines, block)
    patterns = []
    if value is not None:
        patterns.append(re.compile(rf"[\"']{re.escape(value)}[\"']|(?<![\w\"']){re.escape(value)}\s*="))
    if key is not None:
        patterns.append(
            re.compile(rf"(?:^\s*|[{{,]\s*|\.)[\"']?{re.escape(key)}[\"']?\s*=|^\s*\[column\.{re.escape(key)}\]")
        )
    for pattern in patterns:
        for number in span:
            if pattern.search(lines[number]):
                return number + 1
    return span.start + 1
