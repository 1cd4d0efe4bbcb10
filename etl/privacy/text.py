"""What a person's traces look like in words, and how they are masked.

Patterns begin with a literal or a character class and look back afterwards: that lets one search run over a whole
joined column at the speed of C.
"""

import re
import unicodedata
from collections.abc import Callable

from etl.privacy.spoken import mask_spoken

_PHONE = re.compile(
    r"1(?:(?<!\d1)(?<!\d\.1)|(?<=(?<!\d)861)|(?<=(?<!\d)00861))"
    r"([3-9]\d)([-\s]?\d{4}[-\s]?)(\d{4})(?:\.0+(?!\d))?(?!\d)"
)
_PHONE_SCIENTIFIC = re.compile(r"1(?<!\d1)\.[3-9]\d{4,9}[eE]\+?10(?!\d)")
_LANDLINE = re.compile(r"0(?<!\d0)(\d{2,3})[-－—]\d{7,8}(?!\d)")
_ID_CARD = re.compile(
    r"[1-8](?<!\d\d)(\d{3})\d{2}\s?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{3}[\dXx](?![\dXx])"
)
_ID_WORD = re.compile(r"(身份证|证件)([号码为是:： ]*)(\d{6})\d{8,11}[\dXx]?")
_EMAIL = re.compile(r"@(?<=[\w.+-]@)[\w-]+(?:\.[\w-]+)+")
_BEFORE_AT = re.compile(r"[\w.+-]+$")
_ACCOUNT = re.compile(r"([微Ww][信Ee](?:[Cc]hat)?号?|[Qq]{2}号?码?)([:： 是为]*)([A-Za-z0-9_-]{5,20})")
_ROLES = (
    "联系人",
    "联络人",
    "报修人",
    "上报人",
    "申请人",
    "反映人",
    "求助人",
    "当事人",
    "负责人",
    "经办人",
    "处理人",
    "整改人",
    "责任人",
    "检查人",
    "复查人",
    "填报人",
    "填表人",
    "提交人",
    "来电人",
    "报警人",
    "举报人",
    "投诉人",
    "制表人",
    "导出人",
    "打印人",
    "编制人",
    "汇总人",
    "审核人",
    "审批人",
    "复核人",
    "统计人",
    "制单人",
    "发单人",
    "接单人",
    "操作人",
    "回访人",
    "维修人",
    "失主",
    "姓名",
    "名字",
)
_ROLE = rf"[{''.join(sorted({role[0] for role in _ROLES}))}](?:{'|'.join(sorted({role[1:] for role in _ROLES}))})"
_NAMED = re.compile(
    _ROLE + r"员?(?:姓名)?([ \t]*[:：是为][ \t]*|[ \t]+)([一-龥·]{2,4}?)"
    r"(?=电话|手机|联系|同学|老师|先生|女士|师傅|反映|报告|报称|称|说|[^一-龥·]|$)"
)
_NAMED_LONG = re.compile(_ROLE + r"员?(?:姓名)?([ \t]*[:：][ \t]*)([一-龥]{3})")
_GIVEN = re.compile(r"[一-龥]{2,4}|[一-龥]{2,8}[·•][一-龥]{2,10}|[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_NOT_A_NAME = re.compile(
    r".*[处部科组队班室院馆办系所会站岗]$|.*(?:人员|管员|宿管|安员|员工|学生|教师|老师|同学|师傅|物业|中心|学院|部门|公司"
    r"|单位|支部|校区|网格员|保洁|保安|电工|木工|后勤|匿名|本人|群众|系统|用户|暂无|不详|未知|待定|其他|家长|访客|理员|值班员|阿姨)$"
)
_PEOPLE = re.compile(r"[、，,;；/|┋\n]+|(?<=[一-龥]{2})\s+(?=[一-龥]{2}|1\d{10})")
_ONE_PERSON = re.compile(r"[0-9]+|[一-龥]{2,4}")
_CODE_END, _CODE_START = re.compile(r"[0-9A-Za-z]+$"), re.compile(r"[0-9A-Za-z]+")
_WIDE = re.compile(r"[０-９＠]")
# digits → 0, capitals → small, blanks and hyphens → -: a skeleton that plain substring searches can read
_SKELETON = bytes.maketrans(b"123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ \t", b"000000000abcdefghijklmnopqrstuvwxyz--")
SEPARATOR = "\0"


def mask_name(name: str) -> str:
    """'张三' → '张*', '欧阳小明' → '欧***'; one star a character."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def mask_text(text: str) -> str:
    """A text with telephone and ID numbers, addresses, accounts and named people masked;
    longer numbers are left alone."""
    if not _WIDE.search(text):
        return _mask(text)
    narrow = unicodedata.normalize("NFKC", text)
    masked = _mask(narrow)
    return text if masked == narrow else masked


def mask_column(column: list[str | None]) -> list[str | None]:
    """mask_text of every cell, by one pass over the joined column; the same list when nothing had to be masked."""
    joined = SEPARATOR.join([text or "" for text in column])
    wide = not joined.isascii() and any(digit in joined for digit in "０１２３４５６７８９＠")
    masked = _mask(joined)
    if masked is joined and not wide:
        return column
    cells = masked.split(SEPARATOR)
    if wide or len(cells) != len(column):
        changed: dict[str | None, str] = {text: mask_text(text) for text in set(column) if text}
        return [changed.get(text, text) for text in column]
    return [cell if text else text for cell, text in zip(cells, column, strict=True)]


def _mask(text: str) -> str:
    """Each search runs only where a cheaper one says that it could find something."""
    raw = text.encode("utf-8", "surrogatepass").translate(_SKELETON)
    if b"0000000" in raw or b"000-0000-0000" in raw:
        text = _ID_CARD.sub(_unless_in_code(lambda match: f"{match[0][0]}{match[1]}{'*' * 14}"), text)
        text = _ID_WORD.sub(lambda match: f"{match[1]}{match[2]}{match[3][:4]}{'*' * 14}", text)
        text = _PHONE.sub(_unless_in_code(lambda match: f"1{match[1]}****{match[3]}"), text)
        text = _LANDLINE.sub(lambda match: f"0{match[1]}-********", text)
    if b"0e00" in raw or b"0e+00" in raw:
        text = _PHONE_SCIENTIFIC.sub("1**********", text)
    if b"@" in raw:
        text = _mask_emails(text)
    if len(raw) == len(text) and b"q" not in raw and b"wechat" not in raw:
        return text
    if b"qq" in raw or b"wechat" in raw or "微信" in text:
        text = _ACCOUNT.sub(lambda match: f"{match[1]}{match[2]}{match[3][0]}****", text)
    if any(role in text for role in _ROLES):
        text = _NAMED_LONG.sub(_mask_named, _NAMED.sub(_mask_named, text))
    return mask_spoken(text)


def _unless_in_code(mask: Callable[[re.Match], str]) -> Callable[[re.Match], str]:
    """No masking inside a run of 24 or more letters and digits: that is a code (a hash,
    a geometry), not a telephone."""

    def masked(match: re.Match) -> str:
        before = _CODE_END.search(match.string, max(match.start() - 24, 0), match.start())
        after = _CODE_START.match(match.string, match.end(), match.end() + 24)
        length = len(match[0]) + (len(before[0]) if before else 0) + (len(after[0]) if after else 0)
        return match[0] if length >= 24 else mask(match)

    return masked


def _mask_emails(text: str) -> str:
    """Found by its @, then the part before it: a pattern starting with \\w+ would be tried at every letter."""
    if "@" not in text:
        return text
    pieces, end = [], 0
    for match in _EMAIL.finditer(text):
        before = _BEFORE_AT.search(text[max(end, match.start() - 64) : match.start()])
        start = match.start() - (len(before[0]) if before else 0)
        pieces += [text[end:start], text[start : start + 1], "***@***"]
        end = match.end()
    return "".join((*pieces, text[end:]))


def _mask_named(match: re.Match) -> str:
    name = match.group(2)
    if _NOT_A_NAME.fullmatch(name):
        return match[0]
    return match[0][: match.start(2) - match.start()] + mask_name(name) + match[0][match.end(2) - match.start() :]


def mask_value(text: str) -> str:
    """A whole personal cell: names to 张*, telephones to 138****0000,
    anything else to its first character and stars."""
    masked = ((part, mask_text(part)) for part in split_people(text))
    return "、".join(after if after != before else mask_name(before) for before, after in masked)


def split_people(text: str) -> list[str]:
    """Several people in one cell, split by 、，,;；/| or a blank between whole names."""
    return [part for part in (piece.strip() for piece in _PEOPLE.split(text)) if part]


def plain_person(text: str) -> str:
    """One form for one person: half-width, no blanks, no title or telephone beside the name, no '.0' of a number."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).strip("'")
    bare = re.sub(r"\([^()]*\)|(?<=\D)1[3-9]\d{9}$", "", plain)
    return re.sub(r"^(\d+)\.0+$", r"\1", bare or plain)


def people(text: str) -> list[str]:
    """The people of a cell in plain form; a telephone number beside a name is not another person."""
    if _ONE_PERSON.fullmatch(text):
        return [text]
    persons = [plain_person(part) for part in split_people(text)]
    named = [person for person in persons if not re.fullmatch(r"1[3-9]\d{9}", person)]
    return named or persons


def names_in(text: str) -> list[str]:
    """The names in a personal cell that may turn up in other words: no roles (宿管, 保卫处), no numbers."""
    if text.isdigit():
        return []
    parts = [text] if _ONE_PERSON.fullmatch(text) else split_people(text)
    return [part for part in parts if _GIVEN.fullmatch(part) and not _NOT_A_NAME.fullmatch(part)]
