"""status, history, rollback, template, docs: what stands, and what can be taken from it.

status is asked for most often and must answer at once: declarations, readers and writers are loaded by who needs them.
"""

import json
import threading
from datetime import datetime
from pathlib import Path

import warehouse
from etl.command.words import show
from etl.form.systems import systems
from warehouse import command, paths
from warehouse.errors import NoBuild, UserError

ORIGINS = {"demo": "演示数据", "school": "本校数据"}


def status() -> int:
    """The current build, freshness of every declared source, files waiting or not taken in."""
    build = warehouse.current()
    if build is None:
        raise NoBuild(
            "还没有构建：运行 python -m etl demo 看演示校园，或把导出的文件放进 data/inbox 后运行 python -m etl load。"
        )
    threading.Thread(target=build.rows, args=("SELECT 1",), daemon=True).start()  # opened while rich is being loaded
    command.output.print(
        f"当前构建 {build.name}（第 {build.generation} 次发布，{ORIGINS.get(build.origin, build.origin)}），"
        f"数据日期 {build.data_date:%Y-%m-%d %H:%M}。",
        markup=False,
    )
    rows = build.rows(
        "SELECT system, title, source, files, rows, last_export, last_record, expected_every_days, days_silent, "
        "is_stale, is_missing "
        "FROM sources ORDER BY system, is_missing, last_export IS NULL, source"
    )
    heads = ("系统", "来源", "声明", "最近导出", "最近记录", "新鲜程度", "文件", "记录")
    every = systems()
    listed = [(f"{row[0]:>2} {every[row[0]].title}" if row[0] in every else "—", *_source(*row[1:])) for row in rows]
    have = {row[0] for row in rows if row[0] in every and not row[-1]}
    show("来源", heads, listed, 2)
    command.output.print(f"{len(every)} 个业务系统，{len(have)} 个已有记录。", markup=False)
    counts = build.rows("SELECT (SELECT count(*) FROM rejects), (SELECT count(*) FROM warnings)")[0]
    command.output.print(f"拒绝 {counts[0]:,} 处，提醒 {counts[1]:,} 条，详见「数据体检」页。", markup=False)
    folder = paths.landing(build.origin) / "refused"
    refused = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    if refused:
        show("没有装载的文件", ("文件", "原因与办法"), [(entry["name"], entry["sentence"]) for entry in refused])
    return 0


def _source(
    title: str,
    source: str,
    files: int,
    rows: int,
    last_export: datetime | None,
    last_record: datetime | None,
    expected: int | None,
    silent: int | None,
    is_stale: bool,
    is_missing: bool,
) -> tuple[object, ...]:
    if is_missing:
        freshness = "没有收到过"
    elif last_export is None:
        freshness = "学校自己维护"
    else:
        freshness = f"{silent} 天前" + (f"，应每 {expected} 天一次，已迟" if is_stale else "")
    return title, source, _day(last_export), _day(last_record), freshness, files, rows


def _day(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d}"


def history() -> int:
    """Builds that are kept, newest first."""
    builds = warehouse.history()
    if not builds:
        raise NoBuild("还没有构建。")
    now = warehouse.current()
    rows = [
        (
            "→" if now is not None and build.name == now.name else "",
            build.name,
            f"{build.data_date:%Y-%m-%d %H:%M}",
            ORIGINS.get(build.origin, build.origin),
            build.generation,
        )
        for build in builds
    ]
    show("保留的构建（→ 为当前）", ("", "名称", "数据日期", "数据", "第几次发布"), rows, 1)
    return 0


def rollback(name: str | None) -> int:
    """Point at an older build."""
    build = warehouse.rollback(name)
    command.output.print(f"已退回构建 {build.name}，数据日期 {build.data_date:%Y-%m-%d %H:%M}。", markup=False)
    return 0


def template(name: str, out: str | None) -> int:
    """Write an empty workbook for a source kept by hand."""
    from etl.declare.load import load_sources
    from etl.declare.template import write_template
    from etl.form.headers import closest

    sources = load_sources()
    if name not in sources:
        near = closest(name, [*sources, *(source.title for source in sources.values())])
        near = next((key for key, source in sources.items() if near in (key, source.title)), None)
        hint = f"，是不是想写 {near}" if near else ""
        raise UserError(f"没有名为「{name}」的来源{hint}；可用：{'、'.join(sources)}。")
    path = Path(out or f"{sources[name].title}.xlsx")
    if path.exists():
        raise UserError(f"「{path}」已经存在，没有覆盖；请先移走，或用 --out 写到别处。")
    write_template(sources[name], path)
    command.output.print(f"已写好空表「{path}」：填好以后放进 data/inbox，再运行 python -m etl load。", markup=False)
    return 0


def docs(out: str | None) -> int:
    """Write docs/sources.md again from the product's declarations; with `out` a page of all, the school's included."""
    from etl.declare.docs import render
    from etl.declare.load import load_sources

    path = Path(out) if out else paths.REPOSITORY / "docs" / "sources.md"
    folders = None if out else [paths.REPOSITORY / "etl" / "sources"]
    path.write_text(render(load_sources(folders)), encoding="utf-8")
    command.output.print(f"已写好 {out or 'docs/sources.md'}。", markup=False)
    return 0
