"""The same rows as cards, for a phone on a night round: what, where and in which state first; a touch opens the
record."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from metrics.ask.record_search import Match
from metrics.define import tables
from ui.frame import words
from ui.parts.records import rows as record_rows
from ui.parts.records.request import ListRequest

LONGEST = 90
_HEAD = ("category", "level", "building_id", "place_text", "room")


def draw(request: ListRequest, rows: pd.DataFrame) -> None:
    """Shown instead of the table where the screen is narrow; both are drawn, the browser knows its width."""
    current = {key: st.query_params.get_all(key) for key in st.query_params if key != "record"}
    cards = "".join(_card(request, row, current) for row in rows.to_dict("records"))
    with st.container(key="record_cards"):
        st.html(cards)


def _card(request: ListRequest, row: dict, current: dict) -> str:
    table = tables.get(request.table)
    href = "records?" + urlencode({**current, "record": f"{request.table}:{row[table.id]}"}, doseq=True)
    head = [record_rows.text_of(row.get(name)) for name in _HEAD if name in request.columns]
    used = {*_HEAD, table.id, "description", "title", record_rows.MATCH}
    body = "".join(
        f"<small>{words.escaped(table.label(name))}：{words.escaped(record_rows.text_of(row[name]))}</small>"
        for name in request.columns
        if name not in used and record_rows.text_of(row[name])
    )
    title = " · ".join(dict.fromkeys(part for part in head if part)) or str(row[table.id])
    return (
        f'<a class="record-card" target="_self" href="{words.escaped(href)}">'
        f"<b>{words.escaped(title)}</b>{_told(row)}{body}"
        f"<small>{words.escaped(table.label(table.id))}：{words.escaped(row[table.id])}</small></a>"
    )


def _told(row: dict) -> str:
    """The matched place with the match marked, else the beginning of the description."""
    match = row.get(record_rows.MATCH)
    if isinstance(match, Match):
        return (
            f"<p>{words.escaped(match.label)}：{words.escaped(match.before)}<mark>{words.escaped(match.hit)}</mark>"
            f"{words.escaped(match.after)}</p>"
        )
    text = record_rows.text_of(row.get("description"))
    return f"<p>{words.escaped(words.shorten(text, LONGEST))}</p>" if text else ""
