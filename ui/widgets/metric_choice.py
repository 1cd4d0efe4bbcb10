"""Choosing one of a hundred numbers in two steps: what it is about, then which. The address keeps the number alone."""

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from metrics.define import catalogue, tables
from metrics.define.catalogue import Metric
from ui.frame import choice


def choose(default: str, offered: Sequence[Metric] | None = None) -> Metric:
    """The two lists side by side; what the address asks for and is not offered falls back to the default."""
    metrics = {metric.key: metric for metric in offered or catalogue.all()}
    now = metrics[choice.from_address("metric", list(metrics), default)]
    about(
        titles(metrics.values()),
        now.table,
        lambda table: _go(next(key for key, other in metrics.items() if other.table == table), default),
    )
    return metrics[
        choice.select(
            "指标",
            "metric",
            {key: other.label for key, other in metrics.items() if other.table == now.table},
            default,
            width=260,
        )
    ]


def titles(offered: Collection[Metric]) -> dict[str, str]:
    """Table → its title, in the order of the tables, of those that have a number."""
    used = {metric.table for metric in offered}
    return {name: table.title for name, table in tables.all().items() if name in used}


def about(options: dict[str, str], now: str, chosen: Callable[[str], None], width: int = 240) -> None:
    """The first step: a list of tables by title, in which one may type; `chosen(table)` when it is touched."""
    st.session_state["choice_about"] = now
    st.selectbox(
        "对象",
        list(options),
        key="choice_about",
        format_func=lambda name: options.get(name, ""),
        width=width,
        on_change=lambda: chosen(st.session_state["choice_about"]),
        placeholder="选择对象",
    )


def _go(key: str, default: str) -> None:
    if key == default:
        st.query_params.pop("metric", None)
    else:
        st.query_params["metric"] = key
