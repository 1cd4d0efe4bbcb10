"""A build small enough to count by hand, written straight into the contract's tables.

Data date Monday 2026-11-16 08:00, so the last whole week begins on 2026-11-09 (teaching week 11). Every week for 30
weeks has ten tickets at 9:00 on its Tuesday, in building D01, eight of them closed on time, one late and one never;
half of the closed ones are rated by the person. Hazards: one a week in D02, closed on time, and two open and overdue
ones that belong to a unit whose name tries to be markup.
"""

import json
from pathlib import Path

import duckdb

from tests import empty_build

NAME = "20261116T0800-000000drawn0"
DATA_DATE = "2026-11-16 08:00"
UNIT = "<b>后勤</b> ![x](http://evil.example/x.png)"

PLACE = (
    "{place} AS place_text, '{building}' AS building_id, '101' AS room, '{grid}' AS grid_id, '{branch}' AS branch_id"
)
FILE = "'f1' AS file_id, '表' AS sheet, 1 AS row_number"

STATEMENTS = [
    """CREATE TABLE branches AS SELECT * FROM (VALUES
       ('B1','第一党支部','守护码上行',10,1),
       ('B2','第二党支部','平安宿舍',12,2))
       v(branch_id,name,brand,members,sort_order)""",
    """CREATE TABLE grids AS SELECT * FROM (VALUES
       ('G01','第1网格','B1',1,1),
       ('G02','第2网格','B2',1,2))
       v(grid_id,name,branch_id,members,sort_order)""",
    """CREATE TABLE buildings AS SELECT * FROM (VALUES
       ('D01','1号楼','宿舍','G01','B1',400,6,true,1),
       ('D02','2号楼','宿舍','G02','B2',500,6,true,2),
       ('T01','<i>教学楼</i>','教学楼','G02','B2',100,5,true,3))
       v(building_id,name,kind,grid_id,branch_id,residents,floors,is_key_site,sort_order)""",
    """CREATE TABLE calendar AS WITH days AS (SELECT d::DATE AS day
         FROM range(DATE '2025-02-01', DATE '2027-02-01', INTERVAL 1 DAY) t(d)),
       terms AS (SELECT * FROM (VALUES
         ('2024-2','2024-2025学年第二学期',DATE '2025-02-24',19),
         ('2025-1','2025-2026学年第一学期',DATE '2025-09-01',20),
         ('2025-2','2025-2026学年第二学期',DATE '2026-02-23',19),
         ('2026-1','2026-2027学年第一学期',DATE '2026-08-31',20))
         v(term_id,term_label,start,weeks))
       SELECT day, date_trunc('week', day)::DATE AS week_start, term_id, term_label,
         CASE WHEN term_id IS NULL THEN NULL ELSE (1 + (day - start) // 7)::INT END AS teaching_week,
         CASE WHEN term_id IS NOT NULL THEN '学期' WHEN month(day) IN (1, 2) THEN '寒假' ELSE '暑假' END AS phase,
         NULL::TEXT AS holiday, isodow(day) < 6 AS is_workday
       FROM days LEFT JOIN terms ON day >= start AND day < start + weeks * 7 ORDER BY day""",
    "CREATE TABLE events(event_id TEXT, name TEXT, kind TEXT, from_day DATE, to_day DATE, building_id TEXT)",
    f"""CREATE TABLE tickets AS WITH drawn AS (SELECT week, n,
         TIMESTAMP '2026-11-10 09:00' - to_days((7 * week)::INT) AS opened_at FROM range(30) w(week), range(10) r(n))
       SELECT 'T' || week || '-' || n AS ticket_id, '报修' AS title, '=1+1 <script>alert(1)</script>' AS description,
         CASE WHEN n < 5 THEN '水电' ELSE '门锁' END AS category,
         '一般' AS level, '守护码' AS channel, '后勤处' AS unit, 'r' AS reporter_key, 'h' AS handler_key,
         {PLACE.format(place="'1号楼101'", building="D01", grid="G01", branch="B1")},
         CASE WHEN n = 9 THEN '处理中' ELSE '已办结' END AS status_text,
         CASE WHEN n = 9 THEN 'open' ELSE 'closed' END AS status, opened_at,
         opened_at + INTERVAL 1 HOUR AS responded_at,
         CASE WHEN n < 8 THEN opened_at + INTERVAL 10 HOUR
           WHEN n = 8 THEN opened_at + INTERVAL 30 HOUR END AS closed_at,
         opened_at + INTERVAL 2 HOUR AS response_due_at, opened_at + INTERVAL 24 HOUR AS due_at,
         CASE WHEN n < 4 THEN '满意' WHEN n < 9 THEN '满意(默认)' END AS rating_text,
         CASE WHEN n < 4 THEN '本人' WHEN n < 9 THEN '系统默认' END AS rated_by, 0 AS reopened_count,
         '网格' AS closing_level, {FILE},
         true AS is_ticket, n = 9 AS is_open, n < 9 AS is_closed, true AS is_response_due, true AS is_response_on_time,
         true AS is_due, n < 8 AS is_on_time, n = 9 AS is_overdue_open,
         n < 4 AS is_rated_by_person, n < 4 AS is_satisfied, false AS is_reopened, false AS is_repeat,
         false AS is_reopened_or_repeat, false AS is_closed_before_opened FROM drawn""",
    f"""CREATE TABLE hazards AS WITH drawn AS (SELECT week, false AS stuck,
         TIMESTAMP '2026-11-02' - to_days((7 * week)::INT) AS found_at FROM range(20) w(week)
         UNION ALL SELECT week, true, TIMESTAMP '2026-10-05' - to_days((7 * week)::INT) FROM range(2) w(week))
       SELECT 'H' || week || stuck AS hazard_id, '通道堆物' AS description, '通道堵塞' AS category, '一般' AS level,
         false AS is_major, NULL::TEXT AS campaign, '随手拍' AS channel,
         CASE WHEN stuck THEN '{UNIT}' ELSE '保卫处' END AS unit, 'r' AS reporter_key, 'o' AS owner_key,
         {PLACE.format(place="'2号楼'", building="D02", grid="G02", branch="B2")},
         CASE WHEN stuck THEN '整改中' ELSE '已销号' END AS status_text,
         CASE WHEN stuck THEN 'open' ELSE 'closed' END AS status, found_at, found_at + INTERVAL 7 DAY AS due_at,
         NULL::TIMESTAMP AS extended_due_at, CASE WHEN NOT stuck THEN found_at + INTERVAL 2 DAY END AS rectified_at,
         CASE WHEN NOT stuck THEN found_at + INTERVAL 3 DAY END AS closed_at, {FILE},
         true AS is_hazard, stuck AS is_open, NOT stuck AS is_closed, true AS is_due, NOT stuck AS is_on_time,
         stuck AS is_overdue_open, false AS is_recurrence,
         false AS is_on_deadline_day, false AS is_extended, false AS is_major_closed FROM drawn""",
    f"""CREATE TABLE drills AS SELECT 'R' || n AS drill_id, '疏散演练' AS title, '消防演练' AS category,
         NULL::TEXT AS level, NULL::TEXT AS channel, '保卫处' AS unit,
         {PLACE.format(place="'1号楼'", building="D01", grid="G01", branch="B1")},
         TIMESTAMP '2026-09-15 10:00' + n * INTERVAL 14 DAY AS held_at, 400 AS expected, 300 AS attended,
         200 AS evacuation_seconds, 240 AS target_seconds, 1 AS problems_found, 1 AS problems_fixed,
         NULL::TEXT AS description, {FILE}, true AS is_drill, true AS has_attendance,
         true AS has_target, true AS is_on_target FROM range(4) t(n)""",
    f"""CREATE TABLE drill_obligations AS SELECT 'O' || n AS obligation_id,
         {PLACE.format(place="'1号楼'", building="D01", grid="G01", branch="B1")}, '半年一练' AS category,
         NULL::TEXT AS level, NULL::TEXT AS channel, NULL::TEXT AS unit,
         'half' AS rule_id, DATE '2026-03-01' AS period_start,
         TIMESTAMP '2026-09-01' AS due_at, NULL::TEXT AS drill_id, true AS is_due, n = 0 AS is_met,
         {FILE} FROM range(2) t(n)""",
    """CREATE TABLE record_states AS SELECT 'tickets' AS table_name, ticket_id AS record_id, opened_at AS seen_at,
         file_id, sheet, row_number, status_text, '{}' AS changes, 1 AS sequence FROM tickets""",
    """CREATE TABLE files AS SELECT * FROM (VALUES
       ('f1','工单_20261116.xlsx','tickets',TIMESTAMP '2026-11-16 08:00',1000::BIGINT,303,300,3,0,2,0,NULL),
       ('f2','隐患.csv','hazards',TIMESTAMP '2026-10-01 08:00',500,22,22,0,1,0,0,NULL))
       v(file_id,name,source,export_time,bytes,rows_read,rows_accepted,rows_rejected,cells_rejected,warnings,
         rows_superseded,note)""",
    """CREATE TABLE rejects AS SELECT * FROM (VALUES
       ('f1','工单_20261116.xlsx','tickets','表',7,'报修时间','=下周三','unreadable_date','「=下周三」不是日期',
        '请改成 2026-09-03 12:00',true),
       ('f2','隐患.csv','hazards','表',5,'整改期限','待定','unreadable_date','「待定」不是日期','请填写整改期限',false))
       v(file_id,file_name,source,sheet,row_number,column_label,value_masked,code,reason,remedy,is_whole_row)""",
    """CREATE TABLE warnings AS SELECT 'f1' AS file_id, '工单_20261116.xlsx' AS file_name, 'tickets' AS source,
         '表' AS sheet, NULL::INT AS row_number, NULL::TEXT AS column_label,
         'cap' AS code, '正好 10000 行' AS message, '请分段导出' AS remedy, 2 AS occurrences""",
    """CREATE TABLE sources AS SELECT * FROM (VALUES
       ('tickets','校园守护码工单','tickets',1,300,
        TIMESTAMP '2026-11-16 08:00',TIMESTAMP '2026-11-10 09:00',7,0,false,false),
       ('hazards','隐患台账','hazards',1,22,TIMESTAMP '2026-10-01 08:00',TIMESTAMP '2026-10-01 08:00',7,46,true,false),
       ('drills','演练记录','drills',0,0,NULL,NULL,31,NULL,false,true))
       v(source,title,feeds,files,rows,last_export,last_record,expected_every_days,days_silent,is_stale,is_missing)""",
    """CREATE TABLE places AS SELECT * FROM (VALUES
       ('北区小树林','tickets',12,NULL,NULL,'未识别','最像「北门」'),
       ('1号楼','tickets',300,'D01',NULL,'exact',NULL))
       v(place_text,source,occurrences,building_id,room,how,suggestion)""",
    """CREATE TABLE map_shapes AS SELECT * FROM (VALUES
       (1,'楼宇','1号楼','D01',25.0,10.0,1000.0,'[[[0,0],[50,0],[50,20],[0,20]]]','[]'),
       (2,'楼宇','2号楼','D02',95.0,10.0,1000.0,'[[[70,0],[120,0],[120,20],[70,20]]]','[]'),
       (3,'楼宇',NULL,NULL,10.0,60.0,400.0,'[[[0,50],[20,50],[20,70],[0,70]]]','[]'),
       (4,'道路','环路',NULL,0.0,35.0,0.0,'[]','[[[0,35],[900,35]]]'))
       v(shape_id,kind,name,building_id,x,y,area,rings,lines)""",
    f"""CREATE TABLE manifest AS SELECT * FROM (VALUES
       ('data_date','{DATA_DATE}'),('origin','demo'),('version','1')) v(key,value)""",
]


def write(home: Path) -> str:
    """Publish the drawn build below `home`; returns its name."""
    builds = home / "builds"
    builds.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(builds / f"{NAME}.duckdb"))
    for statement in STATEMENTS:
        connection.execute(statement)
    empty_build.complete(connection)
    connection.close()
    entry = {
        "generation": 1,
        "name": NAME,
        "data_date": "2026-11-16T08:00:00",
        "origin": "demo",
        "digest": "0" * 64,
        "published_at": "2026-11-16T08:05:00",
    }
    for name in ("current.json", f"{NAME}.build.json"):
        (builds / name).write_text(json.dumps(entry), encoding="utf-8")
    return NAME
