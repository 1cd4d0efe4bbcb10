"""One metric, one place, one period: the same number, part, whole and word on every page that shows it.

The pages are opened over one span and read as a person reads them: tiles, tables of units, the branches' grid, tables
of one metric. What bears the same name must say the same; what differs must have another name.
"""

import json
import re
from collections import defaultdict
from datetime import date, timedelta
from html import unescape

import pytest

import warehouse
from metrics.ask import terms
from metrics.ask.measure import measure
from metrics.ask.window import Window
from metrics.branches import periods
from metrics.compare import tiles as metric_tiles
from metrics.define import catalogue
from reports.brief import brief
from tests.pages.conftest import words

CAMPUS = "全校"
PAGES = ("services", "grid_work", "ladder", "duty", "incidents", "drills", "surveys", "commitments")
SPLIT = ("ticket_on_time_rate", "hazard_on_time_rate", "ticket_count")
ROOM = {metric.label: metric for metric in catalogue.all()}
Fact = tuple[str, str, str]  # number, part / whole, word; '' where a place does not say it


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\xa0", " ").strip()


def bodies(at) -> list[str]:
    return [element.proto.body for element in at.get("html")]


def tiles(at) -> dict[tuple[str, str], Fact]:
    """(metric, campus) → what its tile says."""
    found = {}
    for body in bodies(at):
        if 'class="tile-label">' not in body or 'class="tile-number">' not in body:
            continue
        label = text(body.split('class="tile-label">')[1].split("</span>")[0])
        number = text(body.split('class="tile-number">')[1].split("</span>")[0])
        pair = re.search(r'tile-line">([\d,]+ / [\d,]+)', body.replace("\xa0", " "))
        word = re.search(r'class="tile-verdict"[^>]*>([^<]*)<', body)
        found[label, CAMPUS] = (number, pair[1] if pair else "", unescape(word[1]) if word else "")
    return found


def tables_of_units(at, marker: str) -> dict[tuple[str, str], Fact]:
    """(metric, unit) → number, pair and word of every cell of the tables of units (or of the branches' grid)."""
    found = {}
    for body in (one for one in bodies(at) if f'class="{marker}"' in one):
        heads = [text(head.split("<small>")[0]) for head in re.findall(r"<th[^>]*>(.*?)</th>", body)]
        heads = heads[heads.index("党支部") + 1 :] if marker == "review" else heads[1:]
        for row in re.findall(r"<tr><td>(.*?)</tr>", body):
            cells = re.findall(r"<td[^>]*>(.*?)</td>", f"<td>{row}")
            unit = text(cells[0].split("<small>")[0])
            for label, cell in zip(heads, cells[1:], strict=False):
                pair = re.search(r"<small>([\d,]+ / [\d,]+)</small>", cell)
                word = re.findall(r"(?:明显)?偏[高低多少](?:，尚不足以定论)?", text(cell))
                found[label, unit] = (text(re.split(r"<small|<span", cell)[0]), pair[1] if pair else "", "".join(word))
    return found


def compared(places: dict[str, dict[tuple[str, str], Fact]]) -> list[str]:
    """Every pair of places that show the same metric and place and do not say the same."""
    shown = defaultdict(dict)
    for page, facts in places.items():
        for subject, fact in facts.items():
            shown[subject][page] = fact
    wrong = []
    for (label, unit), by_page in shown.items():
        for column, name in enumerate(("number", "part / whole", "word")):
            said = {page: bare(label, fact[column]) for page, fact in by_page.items() if fact[column]}
            if len(set(said.values())) > 1:
                wrong.append(f"{label} {unit} {name}: {said}")
    return wrong


def bare(label: str, words: str) -> str:
    """Without the unit, which a heading may say instead."""
    unit = ROOM[label].unit if label in ROOM else ""
    return words.removesuffix(unit).strip()


@pytest.mark.parametrize("review", [None, "2025-2"])
def test_what_bears_one_name_says_one_thing(review, open_at, twentieth_home, monkeypatch):
    """Over the running term as far as its days are over, as the branches are reviewed, and over the one before it."""
    monkeypatch.setenv("CAMPUS_DATA", str(twentieth_home))
    period = periods.period(warehouse.current(), review)
    span = period.counted
    asked = {"from": span.start.isoformat(), "to": span.last_day.isoformat()}
    places = {}
    for key in PAGES:
        at = open_at(key, **asked)
        assert not at.exception, key
        places[key] = tiles(at)
        places[f"{key}: units"] = tables_of_units(at, "units")
    places["branches"] = tables_of_units(open_at("branches", review=period.key), "review")
    for key in SPLIT:
        metric = catalogue.get(key)
        frame = open_at("trends", metric=key, by="branch", **asked).dataframe[0].value
        places[f"trends: {key}"] = {
            (metric.label, row["党支部"]): (
                f"{row.iloc[1]:.1f}" if metric.is_rate else "",
                f"{row['分子']:,.0f} / {row['分母']:,.0f}" if metric.is_rate else "",
                "",
            )
            for _, row in frame.iterrows()
        }
    both = [subject for subject in places["branches"] if sum(subject in facts for facts in places.values()) > 1]
    assert len(both) > 8 and sum(len(facts) for facts in places.values()) > 100
    assert compared(places) == []


def test_page_brief_and_documents_say_the_same_of_a_week(open_at, twentieth_home, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATA", str(twentieth_home))
    build = warehouse.current()
    for week in (terms.last_whole_week(build).start - timedelta(days=7 * back) for back in (0, 8)):
        page = tiles(open_at("weekly", week=week.isoformat()))
        made = next(part for part in brief.weekly(build, week).sections if part.key == "rates")
        printed = {(one.label, CAMPUS): (one.value, one.parts, one.verdict) for one in made.figures}
        own = {(one.metric.label, CAMPUS): (one.value, one.parts, one.verdict)
               for one in (metric_tiles.tile(build, key, week) for key in metric_tiles.WEEKLY)}  # fmt: skip
        assert len(page) == len(metric_tiles.WEEKLY) and set(printed) <= set(page)
        assert compared({"weekly": page, "brief": printed, "tile": own}) == []


def test_a_building_has_one_word_on_map_heatmap_and_its_own_page(open_at, campus_home, monkeypatch):
    """The same looks wherever it is shown: a filter of one building makes nothing clearer."""
    monkeypatch.setenv("CAMPUS_DATA", str(campus_home))
    build = warehouse.current()
    end = terms.last_whole_week(build).end
    asked = {"from": (end - timedelta(weeks=12)).isoformat(), "to": (end - timedelta(days=1)).isoformat()}
    drawn_map = open_at("campus_map", **asked)
    table = next(one.value for one in drawn_map.dataframe if "判断" in one.value)
    marked = table[table["判断"].str.contains("比自己过去一年的水平", na=False)]
    layers = json.loads(drawn_map.get("plotly_chart")[0].proto.spec)["data"]
    signs = {
        one["marker"].get("symbol"): len(one["x"])
        for one in layers
        if one.get("hoverinfo") == "skip" and "marker" in one
    }
    assert signs.get("circle", 0) == len(marked), "a ring for each building that the title counts"
    assert signs.get("diamond", 0) == table["判断"].str.contains("有热点", na=False).sum()
    assert not len(marked) or f"{len(marked)} 栋楼明显偏多" in words(drawn_map)
    heads = words(open_at("buildings", **asked)).replace("\\", "")
    names = dict(build.rows("SELECT name, building_id FROM buildings"))
    for name in [*marked["楼宇"], *table.loc[table["判断"] == "", "楼宇"].head(1)]:
        own = words(open_at("building", building=names[name], **asked)).replace("\\", "")
        sentence = next(line for line in own.splitlines() if line.startswith(f"{name}："))
        assert ("明显偏" in sentence.split("；")[0]) == (name in set(marked["楼宇"])), sentence
    assert sum(f"{name} " in heads and "自己过去一年的水平" in heads for name in marked["楼宇"].head(1)) == len(
        marked.head(1)
    )


def test_every_number_has_a_name_of_its_own():
    labels = [metric.label for metric in catalogue.all()]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_a_strangers_city_says_one_thing_too(boston, open_at, monkeypatch):
    """Boston: the week's tiles against the trend of the same weeks, number, pair and word."""
    monkeypatch.setenv("CAMPUS_DATA", str(boston))
    build = warehouse.current()
    due = measure(build, "ticket_on_time_rate", Window(date(2019, 1, 7), date(2022, 6, 27)), every="week")
    week = due.loc[due["whole"].idxmax(), "period"].date()
    page = tiles(open_at("weekly", week=week.isoformat()))
    asked = {"from": (week - timedelta(weeks=11)).isoformat(), "to": (week + timedelta(days=6)).isoformat()}
    trends = {}
    for key in ("ticket_count", "ticket_on_time_rate"):
        at, metric = open_at("trends", metric=key, **asked), catalogue.get(key)
        row = at.dataframe[0].value.iloc[0]
        word = metric_tiles.tile(build, key, week).recent.limits.verdict.word
        assert f"，{word}" in words(at).replace("\\", "")
        value = f"{row.iloc[1]:,.1f}" if metric.is_rate else f"{row.iloc[1]:,.0f}"
        pair = f"{row['分子']:,.0f} / {row['分母']:,.0f}" if metric.is_rate else ""
        trends[metric.label, CAMPUS] = (value, pair, "")
    assert len(set(page) & set(trends)) == 2
    assert compared({"weekly": page, "trends": trends}) == []
