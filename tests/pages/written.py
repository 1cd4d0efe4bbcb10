"""Small files as a school would write them, loaded by declaration alone:
what branches and units promised, and what came of it.

Data date 2026-11-22 08:00. Due in the last twelve weeks: three brand tasks, one done in time with evidence, one without
evidence, one late; two matters of the meeting, one done. Two of twenty units signed. Two pairings in force, one of them
acted this term. Grid 1 did two duties, grid 2 all seven, the others sent nothing. Fourteen bicycles were stolen at
8号楼 in the week before the campaign and one during it; fourteen and fourteen at 1号楼.
"""

import shutil
from datetime import datetime, timedelta

from tests.etl.conftest import Home
from warehouse import paths

STAMP = "20261122080000"
FILES = {
    "品牌任务清单": (
        "党支部,年度,任务名称,完成期限,完成日期,完成情况,佐证材料",
        "第一党支部,2026年度,任务甲,2026-10-10,2026-10-08,已完成,https://example.com/a",
        "第一党支部,2026年度,任务乙,2026-10-20,2026-10-15,已完成,待补",
        "第二党支部,2026年度,任务丙,2026-10-30,2026-11-05,已完成,照片.zip",
        "第二党支部,2026年度,任务丁,2026-12-20,,进行中,",
        "第三党支部,2026年度,任务戊,2026-11-01,,取消,",
    ),
    "品牌计划汇总": ("党支部,年度,名称,内涵,载体,成效",
                     "第一党支部,2026,明灯守夜,夜里有灯,夜巡队,响应更快", "第一党支部,2025,旧名,旧,旧,旧"),
    "支部活动登记": (
        "编号,活动主题,活动类型,支部,开展时间,参加人数,时长,受众人数",
        "H1,讲座,宣讲,第一党支部,2026-10-10 14:00,20人,2小时,100",
        "H2,巡楼,志愿活动,第一党支部,2026-10-11,10,90分钟,",
        "H3,计划中,微党课,第二党支部,2026-12-01,5,1小时,30",
    ),
    "安全责任状台账": (
        "年度,责任单位,签订期限,签订日期",
        "2026年度,保卫处,2026-03-31,2026-03-10",
        "2026年度,后勤处,2026-03-31,2026-04-10",
        "2026年度,示范物业公司,2026-03-31,2026-03-31",
    ),
    "结对共建名单": (
        "党支部,共建单位,签约日期,有效期至",
        "第一党支部,南湖社区,2025-09-10,",
        "第二党支部,消防站,2025-09-10,",
        "第三党支部,旧单位,2024-09-10,2025-12-31",
    ),
    "共建行动记录": ("行动编号,党支部,共建单位,行动名称,开展时间",
                     "G1,一支部,南湖社区,联合演练,2026-10-01", "G2,二支部,消防站,联合演练,2026-05-01"),
    "例会督办台账": (
        "编号,交办日期,任务,责任单位,责任岗位,期限,完成情况,完成时间,原因",
        "D1,2026-10-12,清理通道,保卫处,副处长,2026-10-18,已完成,2026-10-17,",
        "D2,2026-10-12,更换灭火器,后勤处,副处长,2026-10-25,推进中,/,采购未完成",
        "D3,2026-11-16,固定气瓶,保卫处,副处长,2026-11-30,推进中,,",
    ),
    "表彰荣誉登记": ("编号,荣誉名称,荣誉级别,支部,获奖日期,颁发单位",
                     "R1,先进基层党组织,校,第一党支部,2026-10-01,校党委"),
    "支部绩效积分": ("支部,考核周期,统计日期,考核项目,得分", "一支部,2026年下半年,2026-11-01,组织生活,20",
                     "第一党支部,2026年下半年,2026-11-01,组织生活,20"),
    "网格走访记录": (
        "走访编号,网格,走访时间,网格职责,走访人数",
        "Z1,第1网格,2026-10-01 09:00,安全宣教,5",
        "Z2,G01,2026-10-02 09:00,安全教育,6",
        "Z3,G01,2026-10-20 09:00,信息采集,",
        *(f"Y{n},G02,2026-11-1{n} 10:00,{duty},1" 
          for n, duty in enumerate(
              ["安全教育", "信息采集", "社情民意", "隐患排查", "矛盾调解", "政策宣讲", "平安学院"])),
    ),
    "专项行动台账": ("编号,行动名称,行动范围,开始日期,结束日期,针对类别,措施",
                     "X1,停车落锁,8号楼、北区小树林,2026-10-12,2026-10-18,自行车被盗,挂牌提示"),
}  # fmt: skip


def tickets() -> tuple[str, ...]:
    """Bicycles stolen: 14 and 1 at 8号楼, 14 and 14 at 1号楼, in the weeks before and during the campaign."""
    rows, start = ["工单编号,报修时间,类别,地点,状态"], datetime(2026, 10, 5, 9)
    for place, before, during in (("8号楼", 14, 1), ("1号楼", 14, 14)):
        for number in range(before + during):
            moment = start + timedelta(days=7 * (number >= before), minutes=number)
            rows.append(f"T{place[0]}{number},{moment},自行车被盗,{place},已办结")
    return tuple(rows)


def load(home: Home) -> None:
    """Write everything into the home's school campus and build it."""
    shutil.copytree(paths.REPOSITORY / "data" / "school", home.folder / "school")
    files = {**FILES, "守护码工单": tickets()}
    home.load(*(home.write(f"{name}_{STAMP}.csv", *lines) for name, lines in files.items()))
