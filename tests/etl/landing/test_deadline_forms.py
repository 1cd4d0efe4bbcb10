"""A deadline at midnight names its day in every form of file: text, JSON, a workbook's ISO dates, strict OOXML."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

HEADER = ("编号", "隐患描述", "风险等级", "地点", "状态", "发现日期", "整改期限", "整改完成时间", "销号时间")
DEADLINES = ("2026-11-10", "2026-11-10T00:00:00", "2026-11-10T00:00:00.000", "2026-11-10T17:30:00")
EXPECTED = [datetime(2026, 11, 10, 23, 59, 59)] * 3 + [datetime(2026, 11, 10, 17, 30)]
DONE = "2026-11-10T14:00:00"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SCHEMAS = {
    False: (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    True: (
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
}


def records() -> list[tuple[str, ...]]:
    words = ("门锁坏", "一般", "3号楼", "已销号", "2026-11-03T08:30:00")
    return [(f"H{at}", *words, deadline, DONE, DONE) for at, deadline in enumerate(DEADLINES)]


def cell(text: str) -> str:
    if text.startswith("2026-"):
        return f'<c t="d" s="1"><v>{text}</v></c>'
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def workbook(path: Path, is_strict: bool) -> Path:
    """A workbook whose dates are ISO 8601 text, as some systems write it."""
    main, office = SCHEMAS[is_strict]
    rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in (HEADER, *records()))
    links = f'<Relationships xmlns="{PACKAGE}/relationships">'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{links}<Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{links}<Relationship Id="a" Type="{office}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="{office}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "strict"])
def test_midnight_is_the_day_and_the_afternoon_of_it_is_on_time(home, form):
    path = home.folder / f"隐患_20261122.{form}"
    if form == "csv":
        home.write(path.name, ",".join(HEADER), *(",".join(row) for row in records()))
    elif form == "json":
        path.write_text(json.dumps([dict(zip(HEADER, row, strict=True)) for row in records()], ensure_ascii=False))
    else:
        path = workbook(home.folder / f"隐患_20261122_{form}.xlsx", form == "strict")
    build = home.load(path)
    assert build.rows("SELECT due_at FROM hazards ORDER BY hazard_id") == [(due,) for due in EXPECTED]
    assert build.rows("SELECT DISTINCT is_on_time FROM hazards") == [(True,)]
