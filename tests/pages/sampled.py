"""Which numbers a page is opened with: all of the drawn campus's own tables, and one of each kind of the others."""

from metrics.define import catalogue

DRAWN = ("tickets", "hazards", "drills", "drill_obligations")
METRICS = [
    *(one for one in catalogue.all() if one.table in DRAWN),
    *{one.kind: one for one in catalogue.all() if one.table not in DRAWN}.values(),
]
