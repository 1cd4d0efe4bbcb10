"""The list of records as a file: the same filters, order and columns, and the conditions printed in it."""

import pandas as pd

from metrics.define import tables
from ui.export import export
from ui.frame.page import Page
from ui.parts.records import rows as record_rows
from ui.parts.records.request import ListRequest
from ui.widgets.tables import readable


def offer(page: Page, request: ListRequest, conditions: str, total: int) -> None:
    """Everything listed, not only this page of it."""
    table, (sorted_by, falling) = tables.get(request.table), request.sorted_by
    order = f"按{table.label(sorted_by)}{'从大到小' if falling else '从小到大'}"
    labels = tuple(table.label(name) for name in request.columns)
    subject = export.Subject(f"{table.title}记录", conditions, total, page.build, page.scope, order, labels)

    def rows(most: int) -> pd.DataFrame:
        listed, _ = record_rows.fetch(page, request, most, 0)
        return readable(listed, record_rows.columns(request, listed))

    export.offer("records", f"{table.title}_{page.build.data_date:%Y%m%d}", subject, rows)
