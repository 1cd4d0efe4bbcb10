"""Which of the declared sources a sheet belongs to, as a person would say;
what is none of ours is refused, what could be two as well."""

import random

import pytest

from etl.declare.load import load_sources
from etl.form.headers import Ambiguous, is_named, map_header, match_source
from tests.etl import forms
from tests.etl.drawn import book
from tests.every import every
from warehouse import paths

STANDARD = load_sources([paths.REPOSITORY / "etl" / "sources"])
NAMELESS = "导出数据.xlsx"


def who(header: list[str], name: str = NAMELESS, sheet: str = "Sheet1") -> str | None:
    source = match_source(name, header, STANDARD, sheet)
    return source and source.name


@every("name", STANDARD)
def test_a_template_header_is_known_without_its_name(name):
    columns = [column for column in STANDARD[name].columns if column.constant is None]
    assert who([f"{column.label}（必填）" if column.required else column.label for column in columns]) == name
    extra = ["处室内部编码", "本月说明二"] if len(columns) > 4 else []
    assert who([column.label for column in reversed(columns)] + extra) == name


@pytest.mark.slow
@every("name", STANDARD)
def test_headers_drawn_from_all_spellings_are_never_taken_for_another_kind(name):
    draw, source = random.Random(name), STANDARD[name]
    for _ in range(60):
        columns = [column for column in source.columns if column.required or draw.random() < 0.6]
        header = [draw.choice((column.label, *column.aliases)) for column in columns]
        draw.shuffle(header)
        try:
            found = match_source(NAMELESS, header, STANDARD)
        except Ambiguous:
            continue
        if found and found.name != name:  # then the other explains these words at least nearly as well
            assert map_header(header, found).recognised >= map_header(header, source).recognised - 1, header


VARIANTS = {
    "activities": ["记录编号 支部名称 活动类别 活动主题 开展时间 活动场所 参加人数 服务时长（小时） 备注",
                   "序号 编号 党支部 活动形式 主题 活动日期 地点 党员人数 受众人数 照片"],
    "assignments": ["序号 督办编号 例会日期 督办事项 牵头单位 完成时限 进展 办结时间 未完成原因",
                    "编号 交办时间 交办事项 责任部门 责任人 办结期限 落实情况 备注"],
    "brand_plans": ["党支部名称 年份 品牌名称 品牌内涵 载体 预期成效 中期检查时间",
                    "支部 年度 支部品牌 内涵 品牌载体 成效 检查意见 落实情况"],
    "brand_tasks": ["支部名称 学年 重点任务 类别 责任单位 负责人 完成时限 实际完成时间 任务状态 证明材料",
                    "党支部 年份 任务内容 截止日期 完成时间 状态 佐证附件"],
    "campaigns": ["专项编号 专项名称 实施地点 起始日期 截止日期 针对问题 牵头支部 措施",
                  "编号 专项行动 覆盖楼宇 开始时间 结束时间 目标类别 牵头部门"],
    "certificates": ["台账编号 持证人 工号 证书名称 证书号 领证日期 有效期限 证书状态 部门",
                     "编号 姓名 所在部门 证书种类 证号 发证单位 取证日期 到期日"],
    "contractors": ["编号 队员姓名 身份证号码 手机 保安公司 职务 哨位 进场日期 保安证号 退场日期",
                    "员工编号 姓名 派遣单位 岗位 上岗日期 岗前培训 保安员证号 是否在岗"],
    "disputes": ["矛盾编号 发现日期 纠纷类型 发生地点 调解人 化解情况 化解日期",
                 "编号 排查日期 矛盾类型 化解层级 责任部门 化解状态 办结时间"],
    "duty_shifts": ["巡更编号 巡更时间 巡逻路线 班次类型 带班领导 应到 实到 巡查情况",
                    "编号 值班时间 下岗时间 值守岗位 值守支部 排班人数 到岗人数"],
    "equipment_services": ["维保单号 维保时间 设施名称 楼栋 检测单位 数量 故障数 已更换数",
                           "编号 检测日期 设备类别 维保地点 维护单位 检测数量（具） 问题数"],
    "fraud_cases": ["登记编号 报案日期 诈骗手法 被骗人学院 涉案金额（元） 追回金额 是否立案 办理状态",
                    "编号 发案日期 案件类别 学号 受害人 学院 被骗金额 止付金额 受骗经过"],
    "fraud_outreach": ["劝阻编号 劝阻时间 工作类别 预警等级 对象学院 劝阻人 劝阻金额",
                       "记录编号 宣传时间 记录类型 主题 活动地点 受众人数 宣讲人"],
    "grid_visits": ["编号 走访日期 网格 网格职责 网格员姓名 走访对象人数 走访内容",
                    "走访编号 日期 责任网格 工作类型 走访人 寝室号 走访情况"],
    "honours": ["编号 荣誉称号 表彰级别 获奖支部 获奖时间 颁发单位 文号",
                "登记编号 表彰名称 级别 授予日期 授予单位 受表彰人"],
    "hotline_summaries": ["序号 承办单位 统计月份 工单总数 按期办结 超期办结 双满意 单满意 不满意 无法回访",
                          "部门 总量 统计时间 按时办结数 超时办结数 双满意 满意率 排名"],
    "incidents": ["接警编号 接报时间 案件类别 报警内容 案发地点 处警人 到达现场时间 处置结果",
                  "案件编号 发案时间 性质 案情 事发地点 报案人 来电号码 出警时间 办结时间"],
    "inspections": ["检查记录编号 检查日期 检查类别 检查场所 检查人员 发现隐患数 现场整改数",
                    "编号 检查时间 检查项目 检查部位 带队人 参与学生数 问题数量 情况说明"],
    "joint_actions": ["活动编号 支部 结对单位 共建主题 共建时间 参加人数",
                      "编号 我方支部 共建方 共建形式 活动日期 活动地点 人数"],
    "lessons": ["编号 授课日期 教育主题 教育类别 受教育单位 年级 课时 听课人数 主讲人",
                "记录编号 讲座名称 教育内容 讲座时间 院系 教育对象 学时数 人数"],
    "pairings": ["支部名称 结对单位 单位类型 结对时间 协议到期 联络员 共建事项",
                 "我方支部 结对共建单位 签约时间 到期日期 内容"],
    "pledges": ["二级单位 责任年度 责任书名称 签字人 应签日期 签字日期",
                "单位名称 年份 第一责任人 最迟签订日期 签订时间 备注"],
    "points": ["支部名称 考核日期 考核月份 积分项目 得分 计分依据", "被考核单位 统计日期 学期 指标 绩效积分 说明"],
    "posts": ["编号 人员姓名 工号 工种 应持证书 应考项目 部门 上岗日期 离职日期",
              "花名册编号 姓名 岗位名称 持证要求 考核要求 所属部门 任职日期"],
    "questions": ["提问编号 会议日期 通报会 提问内容 答复单位 是否现场答复 是否解决 解决期限 解决日期",
                  "编号 期次 提出日期 问题 提出人 责任部门 当场答复 落实情况"],
    "services": ["登记编号 服务日期 服务类型 承办支部 服务对象 手机 起点 服务人次 完成情况",
                 "编号 护送人员 服务开始时间 服务名称 楼栋 受益人数 备注"],
    "survey_answers": ["序号 提交答卷时间 所用时间 来源 来源详情 来自IP 1、您的身份 "
                       "2、您在校园里的总体安全感 3、夜间安全感 4、您最担心的安全问题【多选题】",
                       "答卷编号 答题时间 答题用时 身份 院系 安全感 满意度 建议"],
    "surveys": ["问卷编号 问卷名称 发放日期 结束日期 发放份数 回收份数 主办单位",
                "编号 调查名称 调查类型 开始日期 回收截止 应填人数 有效份数"],
    "ticket_transfers": ["工单号 转入时间 转出时间 转出层级 去向 承办单位", "单号 签收时间 流转层级 流转去向 转办人"],
    "trainings": ["成绩编号 考核批次 学员姓名 学工号 考核科目 考试日期 首考/补考 考核成绩 是否合格",
                  "编号 实训名称 姓名 部门 实训项目 实训日期 得分 是否通过 教官"],
    "visits": ["预约单号 参观场馆 来访日期 班级所在学院 对象 来访人数 讲解人 预约状态",
               "编号 场馆名称 参观日期 参观单位 参观对象 实到人数 接待人"],
    "wishes": ["登记编号 征集日期 微心愿内容 提出渠道 心愿人姓名 认领党支部 认领日期 计划完成时间 圆梦时间 实现情况",
               "编号 许愿时间 心愿 征集方式 认领单位 完成期限 实现日期 进度"],
    "tickets": ["工单号 报修时间 报修地点 故障描述 报修类型 接单时间 完成时间 状态 是否满意"],
    "hazards": ["隐患编号 排查时间 隐患内容 隐患等级 所在位置 整改责任人 整改时限 整改状态 销号时间"],
    "drills": ["编号 演练日期 演练类别 演练场所 组织部门 应参加人数 实到人数 疏散用时（秒） 演练总结"],
}  # fmt: skip


@every(("name", "header"), [(name, header) for name, headers in VARIANTS.items() for header in headers])
def test_headers_as_offices_write_them(name, header):
    assert who(header.split()) == name


def test_every_source_of_records_has_variants():
    assert set(VARIANTS) == {name for name, source in STANDARD.items() if source.kind == "facts"}


@every(
    "header",
    [
        "序号 姓名 部门 职务 办公电话 手机 邮箱 办公地点",
        "姓名 岗位 单位 联系电话 办公地点 备注", "日期 值班领导 值班人员 联系电话 备注",
        "课程编号 课程名称 授课教师 上课时间 上课地点 学时 学分 学院", "课程名称 教师 教室 星期 节次 周次 学院 人数",
        "日期 早餐 午餐 晚餐 类别 价格", "编号 菜名 类别 单价 食堂 备注", "学号 姓名 课程 成绩 学分 学院",
        "编号 姓名 学号 项目 考试时间 成绩 是否合格 学院", "编号 姓名 学号 课程名称 考试日期 考试科目 成绩 是否合格",
        "编号 姓名 学号 进馆时间 离馆时间 场馆", "预约编号 场馆 预约人 日期 人数 状态",
        "预约编号 会议室 预约人 部门 开始时间 结束时间 人数 状态",
        "资产编号 资产名称 类别 单价 购置日期 使用单位 存放地点 保管人 状态",
        "工号 姓名 部门 日期 上班时间 下班时间 状态",
        "审批编号 标题 审批状态 审批发起时间 用章单位 事项 份数",
        "编号 物品名称 数量 单价 金额 采购日期 供应商 责任部门 状态",
        "合同编号 合同名称 签订日期 到期日期 甲方 乙方 金额 责任部门 状态",
        "编号 会议名称 会议时间 地点 主持人 参会人员 议题",
        "编号 讲座题目 主讲人 讲座时间 讲座地点 学院 人数",
        "姓名 党支部 月份 应缴 实缴 缴费日期", "序号 姓名 性别 党支部 入党日期 学历 备注",
        "编号 姓名 工号 证件名称 证件号 发证机关 发证日期 有效期至 部门", "编号 姓名 学号 奖项名称 获奖日期 级别 学院",
        "部门 工号 姓名 考核项目 分值 得分 日期", "单号 姓名 电话 时间 地点 状态",
        "编号 岗位名称 单位 人数 开始时间 结束时间 要求",
        "日期 楼栋 房间号 用电量 用水量 金额", "楼栋 房间号 姓名 学号 床位",
        "编号 车牌号 车主 单位 联系电话 登记日期 状态",
    ],
)  # fmt: skip
def test_tables_that_are_no_records_of_safety_work_are_refused(header):
    assert who(header.split()) is None


def test_of_two_that_fit_alike_neither_is_guessed():
    ticket_or_wish = [
        "单号",
        "提出时间",
        "承办单位",
        "接单时间",
        "是否采纳",
        "办理时限",
        "完成时间",
        "意见建议",
        "状态",
        "承诺时间",
        "发起人工号",
    ]
    with pytest.raises(Ambiguous) as refused:
        match_source(NAMELESS, [*ticket_or_wish, "登记时间"], STANDARD)
    assert (
        "微心愿" in refused.value.sentence and "工单" in refused.value.sentence and "文件名" in refused.value.sentence
    )
    assert who([*ticket_or_wish, "登记时间"], "微心愿2026.xlsx") == "wishes"
    assert who([*ticket_or_wish, "登记时间"], NAMELESS, "微心愿") == "wishes"


def test_the_sheets_name_says_more_than_the_files():
    header = ["编号", "开始时间", "类别", "地点", "人数", "党支部", "备注"]
    assert who(header, "微心愿.xlsx", "安全服务") == "services"


@every("name", STANDARD)
def test_the_name_a_refusal_proposes_is_understood(name):
    assert is_named(f"{STANDARD[name].title}.xlsx", STANDARD[name])


def test_a_tie_refuses_the_file_with_both_names(campus):
    header = [
        "单号",
        "提出时间",
        "承办单位",
        "接单时间",
        "是否采纳",
        "办理时限",
        "完成时间",
        "意见建议",
        "状态",
        "承诺时间",
        "发起人工号",
        "登记时间",
    ]
    path = book(campus.folder / NAMELESS, {"Sheet1": [header, ["1", "2026-09-01", "后勤处"] + [""] * 9]})
    (outcome,) = campus.land(path)
    assert outcome.status == "refused" and "微心愿" in outcome.sentence and NAMELESS in outcome.sentence


@pytest.mark.parametrize(
    ("form", "row", "name"),
    [("dingtalk_wishes", 0, "wishes"), ("hotline_2024", 1, "hotline_summaries"),
     ("hotline_2026", 1, "hotline_summaries")],
)  # fmt: skip
def test_the_written_forms_are_known_without_their_names(campus, form, row, name):
    rows, merges = forms.grid(form)
    path = book(campus.folder / NAMELESS, {"Sheet1": rows}, {"Sheet1": merges})
    (outcome,) = campus.land(path, as_of="2026-11-22")  # a monthly summary says no day itself
    assert (outcome.sentence, list(outcome.accounts)) == ("", [name])


def test_real_files_find_no_source_of_ours_undeclared(real):
    """Boston, New York, Toronto and a service desk: foreign until declared."""
    for path in sorted(real.glob("*/*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            header = file.readline().strip().replace('"', "").split(",")
        assert who(header, path.name) is None, path.name
