"""A million tickets of twenty columns, written as a system would export them and loaded as a school would load them.

Deterministic: every cell follows from the row's number by a hash, so two machines measure the same rows. Places, grids
and units are those of data/school; half of all tickets fall on a tenth of the places, texts repeat their phrases and
differ in their details, as people's do.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from warehouse import paths

ROWS, FILES, YEARS = 1_000_000, 10, 4
PHRASES = (
    "走廊灯不亮",
    "卫生间水管漏水",
    "门锁打不开",
    "空调不制冷",
    "插座冒火花",
    "电动车在楼道充电",
    "窗户关不上",
    "网络连不上",
    "消防通道堆放纸箱",
    "热水器没有热水",
    "下水道堵了",
    "天花板渗水",
    "灭火器压力不足",
    "夜里有人大声喧哗",
    "快递柜打不开",
    "饮水机漏电",
    "宿舍门卡失灵",
    "应急灯损坏",
    "桌椅断裂",
    "烟感报警器一直响",
)
DETAILS = (
    "已经三天了",
    "请尽快处理",
    "昨晚开始的",
    "影响休息",
    "之前修过一次",
    "楼管知道",
    "请先打电话",
    "只有晚上这样",
    "多个宿舍都有",
    "麻烦师傅看看",
)
STATEMENT = """
COPY (
    WITH numbered AS (
        SELECT n, hash(n) AS h, hash(n, 1) AS i, hash(n, 2) AS j,
               TIMESTAMP '2026-11-22 07:00'
                   - to_seconds((({rows} - n) * {years}::BIGINT * 31557600 // {rows})::BIGINT) AS opened
        FROM range({first}, {last}) numbers(n)),
    placed AS (
        SELECT *, (CASE WHEN h % 2 = 0 THEN i % ({places} // 10 + 1) ELSE i % {places} END)::INTEGER AS place,
               (j % {phrases})::INTEGER AS phrase,
               opened + to_minutes((5 + i % 300)::BIGINT) AS responded,
               opened + to_minutes((40 + j % 9000)::BIGINT) AS closed
        FROM numbered)
    SELECT 'GD' || lpad(n::VARCHAR, 9, '0') AS 工单编号, $phrases[phrase + 1] AS 标题,
        $names[place + 1] || (100 + h % 500) || '室' || $phrases[phrase + 1] || '，'
            || $details[1 + (i % 10)::INTEGER] || '，编号 ' || h % 100000 AS 问题描述,
        $categories[1 + phrase % 8] AS 类别, CASE WHEN h % 10 = 0 THEN '紧急' ELSE '一般' END AS 紧急程度,
        $channels[1 + (h % 4)::INTEGER] AS 来源渠道,
        $units[1 + phrase % 5] AS 责任部门, '20' || (20000000 + i % 23000) AS 学工号,
        'W' || j % 60 AS 处理人, $names[place + 1] AS 地点,
        (100 + h % 500)::VARCHAR AS 房间号,
        CASE WHEN closed < TIMESTAMP '2026-11-22' THEN '已办结' ELSE '处理中' END AS 状态,
        strftime(opened, '%Y-%m-%d %H:%M:%S') AS 报修时间, strftime(responded, '%Y-%m-%d %H:%M:%S') AS 响应时间,
        CASE WHEN closed < TIMESTAMP '2026-11-22' THEN strftime(closed, '%Y-%m-%d %H:%M:%S') END AS 办结时间,
        strftime(opened + to_hours(72), '%Y-%m-%d %H:%M:%S') AS 办结时限,
        CASE WHEN h % 3 = 0 THEN '满意' WHEN h % 31 = 0 THEN '不满意' END AS 满意度,
        CASE WHEN h % 6 = 0 THEN '本人' WHEN h % 3 = 0 OR h % 31 = 0 THEN '系统默认' END AS 评价方式,
        (CASE WHEN i % 40 = 0 THEN 1 ELSE 0 END)::VARCHAR AS 重办次数,
        $levels[1 + (i % 4)::INTEGER] AS 办结层级
    FROM placed ORDER BY n
) TO '{file}' (HEADER, DELIMITER ',')
"""


def write(folder: Path, rows: int = ROWS) -> None:
    """The exports as FILES CSV files in `folder`."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    names = [
        row[0]
        for row in connection.execute(
            f"SELECT 楼宇名称 FROM read_csv('{paths.REPOSITORY / 'data' / 'school' / 'buildings.csv'}')"
        ).fetchall()
    ]
    lists = {
        "phrases": PHRASES,
        "details": DETAILS,
        "names": names,
        "channels": ("守护码", "电话", "小程序", "现场"),
        "levels": ("网格", "部门", "网格", "校级"),
        "categories": ("水电", "门锁", "空调", "网络", "消防", "家具", "治安", "其他"),
        "units": ("后勤处", "保卫处", "学生处", "信息中心", "基建处"),
    }
    for number in range(FILES):
        first, last = rows * number // FILES, rows * (number + 1) // FILES
        file = folder / f"工单_{number + 1:02}_20261122080000.csv"
        statement = STATEMENT.format(
            rows=rows, years=YEARS, first=first, last=last, places=len(names), phrases=len(PHRASES), file=file
        )
        connection.execute(statement, {key: list(values) for key, values in lists.items()})


def home(folder: Path, rows: int = ROWS) -> Path:
    """A data folder below `folder` with a published build of so many tickets; made once, found again the next time."""
    made = folder / f"desk-{rows}"
    if (made / "builds" / "current.json").exists():
        return made
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    shutil.copytree(paths.REPOSITORY / "data" / "school", made / "school")
    with tempfile.TemporaryDirectory(prefix="campus-desk-") as exports:
        write(Path(exports), rows)
        environment = os.environ | {"CAMPUS_DATA": str(made), "CAMPUS_KEY_FILE": str(made / "key")}
        subprocess.run(
            [sys.executable, "-m", "etl", "load", exports],
            cwd=paths.REPOSITORY,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return made
