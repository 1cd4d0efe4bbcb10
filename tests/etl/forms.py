"""The hand-written exports of tests/fixtures/forms, made into the files people would hand in."""

from pathlib import Path

from tests.etl.drawn import book, old_book

FORMS = Path(__file__).resolve().parents[1] / "fixtures" / "forms"


def grid(name: str) -> tuple[list[list[str]], list[str]]:
    """(cells, merged ranges) of one .tsv."""
    lines = (FORMS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    merges = lines.pop(0).split()[1:] if lines[0].startswith("#merges") else []
    return [line.split("\t") for line in lines], merges


def sheet(name: str, path: Path) -> Path:
    """One .tsv as a workbook."""
    rows, merges = grid(name)
    return book(path, {"Sheet1": rows}, {"Sheet1": merges})


def copied(name: str, path: Path, encoding: str = "utf-8-sig") -> Path:
    """One .csv under the name and in the encoding it was handed in with."""
    path.write_text((FORMS / f"{name}.csv").read_text(encoding="utf-8"), encoding=encoding)
    return path


def old(name: str, path: Path) -> Path:
    """One .csv as the .xls that older exports were."""
    rows = [_cells(line) for line in (FORMS / f"{name}.csv").read_text(encoding="utf-8").splitlines()]
    return old_book(path, rows)


def web_page(name: str, path: Path) -> Path:
    """One .tsv as the page that some platforms call .xls."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in grid(name)[0])
    path.write_bytes(f"<html><meta charset='gb2312'><table>{rows}</table></html>".encode("gb18030"))
    return path


def _cells(line: str) -> list[str]:
    assert '"' not in line  # the fixtures quote nothing, so that a comma always parts two cells
    return line.split(",")


def every(folder: Path) -> list[Path]:
    """All of them that the product's own declarations take, as files in `folder`."""
    return [
        copied("surveys", folder / "问卷调查登记_20261122080000.csv"),
        copied("wenjuan_safety", folder / "280000001_按文本_校园安全感调查_7_7_20261005090000.csv"),
        sheet("dingtalk_wishes", folder / "钉钉微心愿审批_20261105090000.xlsx"),
        sheet("dingtalk_wishes_later", folder / "钉钉微心愿审批_20261122080000.xlsx"),
        web_page("hotline_2024", folder / "12345办理情况汇总_20241102090000.xls"),
        sheet("hotline_2025", folder / "热线汇总_20251103090000.xlsx"),
        sheet("hotline_2026", folder / "热线汇总_20261102090000.xlsx"),
    ]
