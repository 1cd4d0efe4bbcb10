"""People named in a sentence without a label before them: 来电人张伟反映…, 已答复张伟先生.

Chinese names carry no mark of their own, so a common surname must stand at the start and a word about speaking or a
title at the end. A word masked by mistake (周围同学 is spared, a rarer one may not be) costs less than a name kept.
"""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤倪温康施文牛樊葛邢安齐易乔伍庞颜庄聂章鲁岳"
    "翟殷詹申耿关焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆司"
)
_NAME = rf"(?:欧阳|司马|上官|诸葛|慕容|令狐|皇甫|尉迟|公孙|东方|司徒|端木|西门|夏侯|[{_SURNAMES}])[一-龥]{{1,2}}?"
_SPEAKERS = (
    "来电人",
    "反映人",
    "市民",
    "居民",
    "学生",
    "同学",
    "教师",
    "老师",
    "职工",
    "家长",
    "业主",
    "住户",
    "失主",
    "群众",
)
_SAYS = "反映|反应|来电|致电|来访|报告|报修|投诉|举报|求助|表示|要求|询问|咨询|声称|称|说|电话|联系电话"
_TITLES = ("先生", "女士", "同学", "老师")
_SPOKEN = re.compile(rf"((?:{'|'.join(_SPEAKERS)})[:：]?)({_NAME})(?={_SAYS}|{'|'.join(_TITLES)})")
_TITLE = re.compile("|".join(_TITLES))
_BEFORE_TITLE = re.compile(rf"({_NAME})$")
# What stands between a syllable that is also a surname and a title: 高年级同学, 课程组老师, 许多同学, 任何老师.
_NO_GIVEN = re.compile(
    r"[围边末多经级组班系院部室位些个名等处队们的和与是有在了要我他她你该本某各何于员时数一二三四五六七八九十]|(?:全体|同学|老师|学生|导师?)$"
)


_MASKED_PHONE = re.compile(r"1\d{2}\*{4}\d{4}")
_BEFORE_PHONE = re.compile(rf"({_NAME})(?<!方式)(?<!号码)(?<!时间)[\s，,、:：（(/]*$")


def mask_spoken(text: str) -> str:
    """'来电人张伟反映' → '来电人张*反映', '张小伟同学' → '张**同学', '找张伟138****1234' → '找张*138****1234';
    '张先生' names nobody in full and stays. Telephone numbers have been masked before."""
    if any(speaker in text for speaker in _SPEAKERS):
        text = _SPOKEN.sub(_masked, text)
    if "****" in text:
        text = _mask_before(_MASKED_PHONE, _BEFORE_PHONE, text, 7)
    return _mask_before(_TITLE, _BEFORE_TITLE, text, 4)


def _masked(match: re.Match) -> str:
    return match[1] + _mask_name(match[2])


def _mask_name(name: str) -> str:
    return name if _NO_GIVEN.search(name[1:]) else name[0] + "*" * (len(name) - 1)


def _mask_before(mark: re.Pattern, name: re.Pattern, text: str, reach: int) -> str:
    """Found by its mark, then the part before it: a pattern starting with a surname would be tried at every third
    letter."""
    pieces, end = [], 0
    for match in mark.finditer(text):
        before = name.search(text[max(end, match.start() - reach) : match.start()])
        if before:
            start = match.start() - len(before[0])
            pieces += [text[end:start], _mask_name(before[1])]
            end = start + len(before[1])
    return "".join((*pieces, text[end:])) if pieces else text
