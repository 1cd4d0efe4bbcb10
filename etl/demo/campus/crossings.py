"""Which of the demonstration's sentences speak of a crossed red line, as a person reads them:
the truth that the school's
rules (data/school/red_lines.toml) are measured against. Sentences are those of kinds.py; a test holds that all are.
"""

# id of the red line → sentences that are one whoever writes them
ALWAYS: dict[str, tuple[str, ...]] = {
    "ebike": (
        "有人把电动车电池拿到房间充电",
        "电动车停在楼道里充电",
        "楼梯间停满电动车，还接了插线板",
        "电动车电池在室内充电",
        "门厅内停放电动车并充电",
        "楼梯间停放电动车",
    ),
    "fire_equipment": ("消火栓无水压",),
    "blocked_exit": ("消防通道被机动车占用", "疏散通道堆放杂物", "安全出口上锁"),
    "laboratory": ("气瓶没有固定", "气瓶未固定", "试剂混放"),
}
# sentences that are one only of a hazard graded 重大, or graded by nobody: one worn part is a repair
GRADED: dict[str, tuple[str, ...]] = {
    "fire_equipment": ("灭火器过期", "应急照明损坏", "喷淋头被遮挡"),
    "blocked_exit": ("防火门用木楔顶住",),
}
# what inspectors write where there is nothing: (category it stands under, text); none is a crossing
OPPOSITES: tuple[tuple[str, str], ...] = (
    ("电动车充电", "没有在楼道充电"),
    ("电动车充电", "电动车没有在楼道充电"),
    ("电动车充电", "没有人把电动车电池拿到房间充电"),
    ("电动车充电", "楼梯间未停放电动车"),
    ("电动车充电", "未在宿舍停放"),
    ("电动车充电", "电动车未在宿舍停放"),
    ("电动车充电", "车辆没有上楼"),
    ("电动车充电", "经现场核查未发现异常"),
    ("电动车充电", "反映楼道有人给电动车充电，经查不属实"),
    ("电动车充电", "张贴严禁电动车上楼的海报"),
    ("消防设施失效", "消火栓不是无水"),
    ("消防设施失效", "灭火器没有过期"),
    ("消防设施失效", "应急照明没有损坏"),
    ("消防设施失效", "喷淋头未被遮挡"),
    ("疏散通道", "疏散通道没有堆放杂物"),
    ("疏散通道", "安全出口无杂物堆放"),
    ("疏散通道", "安全出口未上锁"),
    ("疏散通道", "消防通道没有车辆占用"),
    ("动火作业", "今天未动火"),
    ("动火作业", "没有违规动火"),
    ("危险化学品", "未发现试剂混放"),
    ("危险化学品", "气瓶没有倒伏"),
)


def truth(text: str, is_grave: bool) -> str:
    """Id of the red line a record's text crosses, '' where it crosses none. `is_grave`: a hazard graded 重大 or by
    nobody."""
    listed = [ALWAYS, GRADED] if is_grave else [ALWAYS]
    return next((line for one in listed for line, sentences in one.items() if text in sentences), "")
