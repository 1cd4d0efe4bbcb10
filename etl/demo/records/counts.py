"""What came out: counted from the drawn records, never from the files, by plain definitions of its own."""

from datetime import datetime

import numpy as np

from etl.demo.form import truth
from etl.demo.form.columns import Columns, happened
from etl.demo.form.truth import Signal, Tally
from etl.demo.records.ticket_files import state


def count_totals(frames: dict[str, Columns], data_date: datetime, tally: Tally) -> None:
    """Totals after de-duplication, as they stand at the data date."""
    tickets, hazards, drills = frames["tickets"], frames["hazards"], frames["drills"]
    now, today = np.datetime64(data_date, "s"), np.datetime64(data_date.date())
    view = state(tickets, data_date)
    void, is_closed = happened(tickets["voided"], now), ~np.isnat(view["closed"])
    gone = ~np.isnat(hazards["voided"]) & (hazards["voided"] < today)
    verified = ~np.isnat(hazards["closed"]) & (hazards["closed"] < today)
    due = ~void & (tickets["due"] <= now)
    tally.totals.update(
        tickets=len(tickets),
        tickets_void=void.sum(),
        tickets_open=(~void & ~is_closed).sum(),
        tickets_closed=(~void & is_closed).sum(),
        tickets_due=due.sum(),
        tickets_on_time=(due & is_closed & (view["closed"] <= tickets["due"])).sum(),
        tickets_closed_before_opened=(is_closed & (view["closed"] < tickets["opened"])).sum(),
        tickets_reopened=(~void & (view["reopened_count"] != "0")).sum(),
        tickets_unresolved=(~tickets["resolved"]).sum(),
        hazards=len(hazards),
        hazards_void=gone.sum(),
        hazards_closed=verified.sum(),
        hazards_open=(~gone & ~verified).sum(),
        hazards_without_deadline=hazards["undated"].sum(),
        hazards_unresolved=(~hazards["resolved"]).sum(),
        hazards_major=(hazards["level"] == "重大").sum(),
        drills=len(drills),
        drills_unresolved=(~drills["resolved"]).sum(),
        drills_on_target=((drills["target"] > 0) & (drills["seconds"] <= drills["target"])).sum(),
        drills_with_target=(drills["target"] > 0).sum(),
        rejected_rows=sum(tally.bad_rows.values()),
        rejected_cells=sum(tally.bad_cells.values()),
    )
    tally.totals.update({key: int(value) for key, value in tally.totals.items()})


def count_signals(frames: dict[str, Columns], planted: dict[str, Signal], data_date: datetime, tally: Tally) -> None:
    """For each planted signal the records inside it, and what to compare them with."""
    tickets, hazards = frames["tickets"], frames["hazards"]
    today = np.datetime64(data_date.date())
    opened = tickets["opened"].astype("datetime64[D]")
    valid = ~happened(tickets["voided"], np.datetime64(data_date, "s"))

    def inside(signal: Signal, rows: Columns, days: np.ndarray, column: str = "building") -> np.ndarray:
        mask = signal.holds(days)
        mask &= np.isin(rows[column], signal.where) if signal.where else True
        return mask & (rows["category"] == signal.category) if signal.category else mask

    for key, signal in planted.items():
        if key in ("ebike_cluster", "fraud_wave", "bicycle_campaign", "hot_spot"):
            tally.counts[key] = {"tickets": int((inside(signal, tickets, opened) & valid).sum())}
        if key == "ebike_cluster":
            tally.counts[key]["hazards"] = int(inside(signal, hazards, hazards["found"]).sum())
        if key == "silent_grid":
            tally.counts[key] = {
                "tickets": int(inside(signal, tickets, opened, "grid").sum()),
                "hazards": int(inside(signal, hazards, hazards["found"], "grid").sum()),
            }
        if key in ("improving_branch", "laggard_branch"):
            tally.counts[key] = _hazard_rates(hazards, signal, today)
        if key == "deadline_month":
            shut = hazards["closed"].astype("datetime64[M]") == np.datetime64(truth.DEADLINE_MONTH, "M")
            exact = shut & (hazards["closed"] == hazards["due"]) & ~hazards["undated"]
            tally.counts[key] = {
                "closed": int(shut.sum()),
                "on_deadline_day": int(exact.sum()),
                "without_deadline": int((shut & hazards["undated"]).sum()),
            }
        if key == "bicycle_campaign":
            before = tickets["category"] == signal.category
            span = signal.to_day - signal.from_day
            earlier = (opened < np.datetime64(signal.from_day)) & (
                opened >= np.datetime64(signal.from_day) - (span.days + 1)
            )
            tally.counts[key]["tickets_same_span_before"] = int(
                (before & earlier & valid & np.isin(tickets["building"], signal.where)).sum()
            )


def _hazard_rates(hazards: Columns, signal: Signal, today: np.datetime64) -> dict[str, int]:
    """Closed by the deadline ÷ deadlines fallen, of that branch inside and before the signal; without the deadline
    month's."""
    is_due = np.isnat(hazards["voided"]) & ~hazards["undated"] & (hazards["due"] < today)
    is_due &= (hazards["branch"] == signal.where[0]) & (
        hazards["due"].astype("datetime64[M]") != np.datetime64(truth.DEADLINE_MONTH, "M")
    )
    on_time = hazards["closed"] <= hazards["due"]
    inside, before = is_due & signal.holds(hazards["due"]), is_due & (hazards["due"] < np.datetime64(signal.from_day))
    counts = {"due": int(inside.sum()), "on_time": int((inside & on_time).sum())}
    return counts | {"due_before": int(before.sum()), "on_time_before": int((before & on_time).sum())}
