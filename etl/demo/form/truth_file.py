"""truth.toml: what is planted and what came out, for tests and for people."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import SupportsInt

from etl.demo.form.truth import Signal, Tally


def write(path: Path, planted: dict[str, Signal], tally: Tally, head: Mapping[str, object]) -> None:
    """truth.toml: head, [totals], [bad_rows], [bad_cells], [signal.<key>] with [signal.<key>.counts],
    [files.<source>]."""
    lines = [
        "# 演示数据里埋设的事实。由生成器写出，供检验产品能否发现；改动生成器的参数请改 etl/demo/truth.py。",
        *_block(head),
    ]
    for name in ("totals", "bad_rows", "bad_cells"):
        lines += ["", f"[{name}]", *_block(dict(sorted(getattr(tally, name).items())))]
    for key, signal in planted.items():
        values = {name: value for name, value in asdict(signal).items() if name != "key"}
        lines += ["", f"[signal.{key}]", *_block(values)]
        if key in tally.counts:
            lines += ["", f"[signal.{key}.counts]", *_block(tally.counts[key])]
    for source, values in sorted(tally.files.items()):
        lines += ["", f"[files.{source}]", *_block(values)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _block(values: Mapping[str, object]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in values.items()]


def _value(value: object) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float):
        return str(round(value, 4))
    if isinstance(value, SupportsInt):  # a count, also NumPy's; true and false as 1 and 0
        return str(int(value))
    raise TypeError(f"{type(value).__name__} has no place in truth.toml")
