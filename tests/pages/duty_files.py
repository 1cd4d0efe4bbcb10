"""A small school with the statutory rules of the product, and files as a school would write them;
every count below by hand.

Data date 2026-11-22 08:00; records since 2025-08-20. 1号楼 (dormitory) and 教学楼A座 are key sites,
教工公寓1号 is not; two units.

Drills: 1号楼 met three halves; 教学楼A座 missed the one that ended on 2026-08-31; 教工公寓 met last school year
(unverified rule). Unit checks from September: 文学院 every month, 保卫处 September only. Patrols from 19 November: the
grid of 1号楼 on two of three days, that of 教学楼A座 on one (on a second nobody came). No night patrol and no lesson
was ever recorded. 1号楼 had its equipment serviced.
"""

import shutil

from tests.etl.conftest import Home
from warehouse import paths

STAMP = "20261122080000"
SCHOOL = {
    "branches.csv": ("党支部编号,党支部名称,品牌,党员人数,排序",
                     "B1,第一党支部,明灯守夜,34,1", "B2,第二党支部,平安驿站,31,2"),
    "grids.csv": ("网格编号,网格名称,党支部编号,人数,排序", "G01,第1网格,B1,8,1", "G02,第2网格,B2,7,2"),
    "buildings.csv": (
        "楼宇编号,楼宇名称,楼宇类型,网格编号,党支部编号,人数,层数,消防重点部位,排序",
        "D01,1号楼,宿舍,G01,B1,400,6,是,1", "T01,教学楼A座,教学楼,G02,B2,100,6,是,2",
        "S01,教工公寓1号,教工公寓,G02,B2,100,6,否,3",
    ),
    "units.csv": (
        "单位编号,单位名称,单位别名,单位类型,人数,本学年新生人数,党支部编号,责任岗位,排序",
        "U01,保卫处,保卫部,职能部门,86,,B1,副处长,1", "U02,文学院,人文学院,学院,2150,100,B2,副书记,2",
    ),
}  # fmt: skip
_CHECK = "编号,检查日期,检查类别,检查场所,组织单位,检查人员,学生人数,发现问题数,对应隐患"
FILES = {
    "校园守护码工单": ("工单编号,报修时间,类别,地点,状态", "T1,2025-08-20 08:00,门锁故障,1号楼,处理中",
                       "T2,2026-11-20 08:00,门锁故障,1号楼,处理中"),
    "隐患台账": ("编号,隐患描述,风险等级,发现日期,地点,整改期限,状态",
                 "YH1,通道堆物,一般,2026-11-05,教学楼A座,2026-11-30,整改中"),
    "演练登记表": (
        "演练编号,演练名称,演练类型,演练地点,演练时间",
        "R1,疏散,消防演练,1号楼,2025-10-10 10:00",
        "R2,疏散,消防演练,1号楼,2026-04-10 10:00", "R3,疏散,消防演练,1号楼,2026-10-12 10:00",
        "R4,疏散,消防演练,教学楼A座,2025-11-01 10:00", "R5,疏散,消防演练,教工公寓1号,2025-10-01 10:00",
    ),
    "安全检查台账": (
        _CHECK,
        "J1,2026-09-10 09:00,防火检查,,文学院,赵示例甲,0,1,", "J2,2026-10-10 09:00,防火检查,,人文学院,赵示例甲,0,1,",
        "J3,2026-11-05 09:00,防火检查,教学楼A座,文学院,赵示例甲,3,1,YH1、YH9",
        "J4,2026-09-12 09:00,防火检查,,保卫部,钱示例甲,0,1,",
        "J5,2026-10-20 09:00,校级消防检查,教学楼A座,保卫处,钱示例甲,0,2,",
        *(f"K{n},2026-10-{n + 1:02d} 10:00,食堂检查,教学楼A座,饮食中心,孙示例甲,0,0," for n in range(20)),
        *(f"L{n},2026-10-{n + 1:02d} 11:00,食堂检查,教学楼A座,饮食中心,李示例甲,0,{n % 2}," for n in range(30)),
    ),
    "巡更记录": (
        "巡更编号,巡更时间,任务,巡查网格,应到,实到",
        "X1,2026-11-19 09:00,日巡查,第1网格,2,2", "X2,2026-11-20 09:00,日巡查,G01,2,2",
        "X3,2026-11-19 10:00,日巡查,第2网格,2,1", "X4,2026-11-21 10:00,日巡查,第2网格,2,0",
    ),
    "校门值守记录": (
        "班次编号,开始时间,值守类型,岗位,党支部,应到人数,实到人数",
        "Z1,2026-11-03 07:00,支部值守,东门岗,第一党支部,4,4人", "Z2,2026-11-25 07:00,支部值守,东门岗,第一党支部,3,",
    ),
    "消防设施维保记录": ("维保单号,完成日期,设备类别,楼栋,维护单位,数量,不合格数",
                         "W1,2026年10月1日,年度维保,1号楼,示例维保公司,40具,2"),
}  # fmt: skip


def load(home: Home) -> None:
    """The school's files, then every export in one load."""
    shutil.copytree(paths.REPOSITORY / "data" / "school", home.folder / "school")
    for name in ("place_aliases.csv", "branch_aliases.csv", "events.csv"):
        (home.folder / "school" / name).unlink(missing_ok=True)
    for name, lines in SCHOOL.items():
        home.write(f"school/{name}", *lines)
    home.load(*(home.write(f"inbox/{name}_{STAMP}.csv", *lines) for name, lines in FILES.items()))
