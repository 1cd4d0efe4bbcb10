"""Sentences as people write them: which speak of a red line, and which only of its absence, of a poster or of a
drill."""

from etl.demo.campus import crossings, kinds
from metrics.duties import red_rules
from metrics.duties.red_words import judge
from tests.conftest import ROOT
from tests.every import every

RULES = red_rules.rules_from(red_rules.read(ROOT / "data" / "school" / "red_lines.toml"))

CROSSED = [
    ("有人从四楼窗口飞线充电", "ebike"),
    ("电动车推进宿舍楼道充电", "ebike"),
    ("电瓶车电池拿到寝室充电，有异味", "ebike"),
    ("门厅内停放电动车三辆", "ebike"),
    ("楼梯间停满电动车，还接了插线板", "ebike"),
    ("晚上又看到电动车上楼", "ebike"),
    ("贴有禁止充电标识但仍有人飞线充电", "ebike"),
    ("宣传栏旁有人私拉电线飞线充电", "ebike"),
    ("未按要求停车，有人飞线充电", "ebike"),
    ("从窗口拉线给楼下的车取电", "ebike"),
    ("消火栓无水压", "fire_equipment"),
    ("室内消火栓没有水", "fire_equipment"),
    ("报警主机故障，一直没有修", "fire_equipment"),
    ("喷淋系统被关闭", "fire_equipment"),
    ("烟感被拆", "fire_equipment"),
    ("消防演练时发现消火栓无水", "fire_equipment"),
    ("二楼走廊没有灭火器", "fire_equipment"),
    ("疏散通道堆放杂物", "blocked_exit"),
    ("安全出口上锁", "blocked_exit"),
    ("消防通道被机动车占用", "blocked_exit"),
    ("防火门上锁", "blocked_exit"),
    ("紧急出口被桌椅堵住，无法打开", "blocked_exit"),
    ("未发现飞线充电，但是安全出口上锁", "blocked_exit"),
    ("演练中发现安全出口锁死", "blocked_exit"),
    ("施工单位无证动火", "hot_work"),
    ("屋面电焊无人监护", "hot_work"),
    ("动火作业未办审批手续", "hot_work"),
    ("气瓶未固定", "laboratory"),
    ("乙醇敞口放置在通风橱外", "laboratory"),
    ("剧毒试剂柜未上锁", "laboratory"),
    ("实验室垃圾桶冒烟", "laboratory"),
    ("施工队没有动火证进行电焊", "hot_work"),
    ("电瓶人不在宿舍充电", "ebike"),
    ("不少人在楼道给电动车充电", "ebike"),
    ("特别在楼道给电动车充电的多", "ebike"),
    ("电动车没有停到车棚而停在走廊", "ebike"),
    ("没有充电棚所以在楼道给电动车充电", "ebike"),
    ("没有人管电动车在楼道充电", "ebike"),
    ("不听劝阻在楼道给电动车充电", "ebike"),
    ("车辆未在规定位置停放占用消防通道", "blocked_exit"),
]
GRADED = [  # a repair, unless an inspector graded it 重大
    ("灭火器过期两个月", "fire_equipment"),
    ("三楼灭火器 压力不足", "fire_equipment"),
    ("消火栓箱门打不开", "fire_equipment"),
    ("喷淋头被遮挡", "fire_equipment"),
    ("应急灯不亮", "fire_equipment"),
    ("疏散指示标志损坏", "fire_equipment"),
    ("消防演练时发现灭火器失效", "fire_equipment"),
    ("灭火器未过期但压力不足", "fire_equipment"),
    ("防火门用木楔顶住", "blocked_exit"),
]
NOT_CROSSED = [
    "烟感误报，一直响",
    "有人从窗口私拉电线",
    "阳台晾衣架接线松动",
    "无飞线充电",
    "未发现占用通道",
    "未发现飞线充电、占用通道等现象",
    "楼内没有发现电动车在楼道充电",
    "本楼无人飞线充电",
    "无任何飞线充电现象",
    "不存在飞线充电、堵塞通道的情况",
    "飞线充电问题未再出现",
    "电动车在楼道充电，已劝离",
    "开展禁止飞线充电宣传活动",
    "张贴严禁电动车上楼的海报",
    "组织学习电瓶车在宿舍充电的危害知识",
    "灭火器没有过期",
    "灭火器均在有效期内，未过期",
    "消火栓无损坏",
    "应急照明正常，无损坏",
    "疏散通道没有堆放杂物",
    "安全出口未上锁",
    "安全出口不得上锁",
    "疏散通道未被占用",
    "疏散通道畅通，无堆放",
    "消防演练：模拟安全出口封闭后的疏散",
    "培训灭火器失效的判别方法",
    "动火作业手续齐全，有人监护",
    "气瓶已固定",
    "试剂柜已上锁，未见易燃品混放",
    "电动车停在车棚，有序充电",
    "电动车未在宿舍停放",
    "电动车没有停在楼内",
    "楼道灯不亮",
    "水龙头没有水",
    "自行车锁被剪",
    "房门锁芯坏了，打不开",
    "疑似飞线充电，现场核实系误报",
    "电动车没有在楼道充电",
    "没有把电动车推进宿舍充电",
    "没有人把电瓶拿到寝室充电",
    "没有一辆电动车停在走廊",
    "电动车未在楼道停放",
    "电瓶车从不在楼道充电",
    "同学们没在宿舍给电瓶车充电",
    "电动车不得在楼道充电",
    "不允许电动车上楼",
    "请不要在楼道给电动车充电",
    "别在楼道给电动车充电",
    "并非飞线充电",
    "没看到飞线充电",
    "检查是否有飞线充电",
    "飞线充电的没有了",
    "电动车楼道充电的一例也没有",
    "反映楼道有人给电动车充电，经查不属实",
    "消火栓不是无水",
    "安全出口无杂物堆放",
    "消防通道没有任何杂物堆放",
    "疏散通道没有车辆占用",
    "",
]


@every(("text", "line"), CROSSED)
def test_a_sentence_that_crosses_a_red_line_is_found(text, line):
    found = judge(RULES, None, (text,))
    assert found is not None and found[0].line_id == line


@every(("text", "line"), GRADED)
def test_a_single_worn_part_is_a_red_line_only_when_graded_so(text, line):
    assert judge(RULES, None, (text,)) is None
    found = judge(RULES, None, (text,), is_grave=True)
    assert found is not None and found[0].line_id == line


@every("is_grave", [False, True])
@every("text", NOT_CROSSED)
def test_a_sentence_that_only_speaks_of_it_is_not(text, is_grave):
    assert judge(RULES, None, (text,), is_grave) is None


@every(
    ("category", "text", "found"),
    [
        ("电动车充电", "来人反映三号楼", "类别「电动车充电」"),
        ("电动车充电", None, "类别「电动车充电」"),
        ("电动车充电", "未发现电动车在楼道充电", None),
        ("电动车充电", "电池拿到房间，已劝离", None),
        ("电动车充电", "开展电动车飞线充电宣传", None),
        ("电动车充电", "没有在楼道充电", None),
        ("电动车充电", "已核实没有人充电", None),
        ("电动车充电", "经现场核查未发现异常", None),
        ("电动车充电", "有人充电，保安没有发现", "类别「电动车充电」"),
        ("电动车充电", "没有停到车棚", "类别「电动车充电」"),
        ("电动车充电", "未在宿舍停放", None),
        ("电动车充电", "没有停放在宿舍", None),
        ("电动车充电", "未在楼内停放", None),
        ("电动车充电", "车辆未进楼", None),
        ("电动车充电", "没有上楼，停在车棚", None),
        ("电动车充电", "车主未在宿舍", "类别「电动车充电」"),
        ("电动车充电", "未按规定停放", "类别「电动车充电」"),
        ("电动车充电", "未停放在指定区域", "类别「电动车充电」"),
        ("电动车充电", "未停在宿舍车棚", "类别「电动车充电」"),
        ("电动车充电", "没有停放在宿舍，停在走廊", "类别「电动车充电」"),
        ("电动车充电", "没有在楼道充电，在宿舍充电", "类别「电动车充电」"),
        ("动火作业", "今天未动火", None),
        ("动火作业", "没有动火证", "描述「动火 … 没有动火证」"),
        ("交通与停车", "消防通道被机动车占用", "描述「消防通道 … 占用」"),
        ("水电报修", "水龙头关不紧", None),
        (None, "有人飞线充电", "描述「飞线充电」"),
    ],
)
def test_the_category_counts_unless_the_text_denies_it(category, text, found):
    crossed = judge(RULES, category, (text,))
    assert (crossed[1] if crossed else None) == found


@every("category", ["消防设施失效", "疏散通道", "危险化学品"])
def test_a_wide_category_counts_only_when_graded_so(category):
    assert judge(RULES, category, ("标签不清",)) is None
    assert judge(RULES, category, ("标签不清",), is_grave=True)[1] == f"类别「{category}」"


@every(
    ("category", "grave"), [("电动车充电", True), ("疏散通道", True), ("诈骗", True), ("水电报修", False), ("", False)]
)
def test_which_categories_weigh_the_most(category, grave):
    assert RULES.is_grave(category) is grave


def test_an_unverified_clause_says_so():
    assert all("未核实" in line.basis and "教发厅函〔2024〕20号" in line.basis for line in RULES.lines)


def said(described) -> set[tuple[str, str]]:
    return {(category, text) for category, (texts, _) in described.items() for text in texts}


READ = {  # what is asked of a repair desk is no hazard's grade
    *((*one, False) for one in said(kinds.TICKETS)),
    *((*one, is_grave) for one in said(kinds.HAZARDS) for is_grave in (False, True)),
}
DOUBTFUL = {("危险化学品", "废液标签不清", True)}  # graded 重大, its category alone is taken for a crossing


@every(("category", "text", "is_grave"), sorted(READ - DOUBTFUL))
def test_the_demonstration_s_sentences_are_read_as_a_person_reads_them(category, text, is_grave):
    found = judge(RULES, category, (text,), is_grave)
    assert (found[0].line_id if found else "") == crossings.truth(text, is_grave)


@every(("category", "text"), crossings.OPPOSITES)
def test_what_says_the_opposite_is_no_crossing_under_any_category(category, text):
    assert judge(RULES, category, (text,), is_grave=True) is None


def test_the_truth_speaks_of_sentences_there_are():
    listed = {text for one in (crossings.ALWAYS, crossings.GRADED) for texts in one.values() for text in texts}
    assert listed <= {text for _, text, _ in READ}
