"""The tables of a build and their columns: what metrics, pages and later sources count on."""

import pytest

from metrics.ask.sql import DERIVED
from metrics.define import tables

TABLES = {
    "buildings": "building_id name kind grid_id branch_id residents floors is_key_site sort_order",
    "grids": "grid_id name branch_id members sort_order",
    "branches": "branch_id name brand members sort_order",
    "calendar": "day week_start term_id term_label teaching_week phase holiday is_workday",
    "events": "event_id name kind from_day to_day building_id",
    "tickets": (
        "ticket_id title description category level channel unit reporter_key handler_key place_text building_id "
        "room grid_id branch_id status_text status opened_at responded_at closed_at response_due_at due_at "
        "service_response_due_at service_due_at "
        "rating_text rated_by reopened_count closing_level file_id sheet row_number is_ticket is_open is_closed "
        "is_response_due is_response_on_time is_due is_on_time is_overdue_open is_service_response_due "
        "is_service_response_on_time is_service_due is_service_on_time is_stop_unknown is_rated_by_person is_satisfied "
        "is_reopened is_repeat is_reopened_or_repeat is_closed_before_opened"
    ),
    "hazards": (
        "hazard_id description category level is_major campaign channel unit reporter_key owner_key place_text "
        "building_id room grid_id branch_id status_text status found_at due_at service_due_at extended_due_at "
        "rectified_at closed_at file_id sheet row_number is_hazard is_open is_closed is_due is_on_time is_overdue_open "
        "is_service_due is_service_on_time is_stop_unknown is_recurrence is_on_deadline_day is_extended is_major_closed"
    ),
    "drills": (
        "drill_id title category level channel unit place_text building_id room grid_id branch_id held_at expected "
        "attended evacuation_seconds target_seconds problems_found problems_fixed description file_id sheet "
        "row_number is_drill has_attendance has_target is_on_target"
    ),
    "drill_obligations": (
        "obligation_id building_id grid_id branch_id category place_text room level channel unit rule_id "
        "period_start due_at drill_id is_due is_met"
    ),
    "record_states": "table_name record_id seen_at file_id sheet row_number status_text changes sequence",
    "files": (
        "file_id name source export_time bytes rows_read rows_accepted rows_rejected cells_rejected warnings "
        "rows_superseded note"
    ),
    "rejects": "file_id file_name source sheet row_number column_label value_masked code reason remedy is_whole_row",
    "warnings": "file_id file_name source sheet row_number column_label code message remedy occurrences",
    "units": "unit_id name kind people freshmen branch_id post sort_order",
    "sources": (
        "source title system system_title feeds files rows last_export last_record expected_every_days days_silent "
        "is_stale is_missing"
    ),
    "places": "place_text source occurrences building_id room how suggestion",
    "manifest": "key value",
}
MOMENTS = {"opened_at", "responded_at", "closed_at", "response_due_at", "due_at", "found_at", "rectified_at",
           "extended_due_at", "service_response_due_at", "service_due_at", "held_at", "seen_at", "export_time",
           "last_export", "last_record"}  # fmt: skip
DAYS = {"day", "week_start", "from_day", "to_day", "period_start"}


@pytest.fixture
def schema(campus):
    """(table, column) → type, of a build of one row."""
    build = campus.load(
        campus.write(
            "工单_20261122080000.csv", "工单编号,报修时间,类别,地点,状态", "T1,2026-11-01 08:00,a,3号楼,处理中"
        )
    )
    rows = build.rows(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index"
    )
    return {(table, column): kind for table, column, kind in rows}


@pytest.fixture
def columns(schema):
    """table → its columns in order."""
    found: dict[str, list[str]] = {}
    for table, column in schema:
        found.setdefault(table, []).append(column)
    return found


def test_the_first_tables_have_their_columns_and_nothing_else(columns):
    assert {table: " ".join(columns[table]) for table in TABLES} == TABLES


def test_every_table_readers_see_is_built_with_every_column_it_promises(columns):
    """Even where not one record ever came, so that no question can fail."""
    promised = {
        name: [column for column in table.columns if (name, column) not in DERIVED]
        for name, table in tables.all().items()
    }
    assert {
        name: [column for column in wanted if column not in columns.get(name, ())] for name, wanted in promised.items()
    } == dict.fromkeys(promised, [])


def test_times_are_naive_and_judgements_are_booleans(schema):
    for (table, column), kind in schema.items():
        if column in MOMENTS:
            assert kind == "TIMESTAMP", (table, column)
        elif column in DAYS and (table, column) != ("hotline_summaries", "period_start"):  # there it dates the row
            assert kind == "DATE", (table, column)
        elif column.startswith(("is_", "has_")):
            assert kind == "BOOLEAN", (table, column)
    assert "TIMESTAMP WITH TIME ZONE" not in schema.values()
