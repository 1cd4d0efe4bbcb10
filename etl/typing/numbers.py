"""Numbers, percentages, durations and booleans as people write them."""

import re
from collections.abc import Iterable

from etl.form.text import CHINESE_NUMBER, Caution, Parsed, Unreadable, chinese_number, half_width

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[+-]?\d+)?|[+-]?\.\d+", re.IGNORECASE)
_MEASURE = re.compile(
    r"^(?:约|共|计|合计|人民币|¥|￥)?\s*(.*?)\s*(?:余|多)?\s*"
    r"(?:人次|人|学时|课时|分|件|次|起|例|处|个|元|份|场|项|条|名|户|栋|层|周|天|小时|单|块|㎡|m2|km|m|具|套|台|只|组|位|批|本|张)?$"
)
_SECONDS = {"秒": 1, "分钟": 60, "小时": 3600, "天": 86400}
_PARTS = re.compile(
    r"(?:(?P<d>\d+(?:\.\d+)?)\s*(?:天|日|d(?:ays?)?))?\s*(?:(?P<h>\d+(?:\.\d+)?)\s*(?:个?小时|个?钟头|时|h(?:ours?|rs?)?))?(?P<half>半)?\s*"
    r"(?:零?\s*(?P<m>\d+(?:\.\d+)?)\s*(?:分钟|分|min(?:ute)?s?|m|′|'))?\s*(?:零?\s*(?P<s>\d+(?:\.\d+)?)\s*(?:秒钟?|s(?:ec(?:ond)?s?)?|″|\"|''|′′))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(\d+)\s*(?:天|days?,?)\s*)?(\d{1,4}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?", re.IGNORECASE)
_ISO = re.compile(r"PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?")
_FRACTION = Caution("day_fraction", "写的是一天的几分之几，按时刻读成时长", "把这一列设成时间格式，或写成 3分15秒。")
_YES = frozenset("是 有 √ ✓ ✔ ☑ 对 y yes t true 1 1.0 on 已 真 合格 需要 同意 ■".split())  # noqa: SIM905
_NO_WORDS = "否 无 没有 × ✗ ✘ ✕ x 错 n no f false 0 0.0 off 未 假 不 不是 不合格 不需要 不同意 □ ☐"
_NO = frozenset(_NO_WORDS.split())


def _fail(reason: str, remedy: str) -> Unreadable:
    return Unreadable("bad_number", reason, remedy)


def parse_number(text: str, unit: str | None = None) -> Parsed:
    """'1,234.50 元', '２５', '约30人', '1.2万元', '257081134.00 ' → float. unit: the header's; 万元 and the like make
    a plain number ten thousand times as much. Raises Unreadable."""
    plain = _MEASURE.match(half_width(text)).group(1)  # type: ignore[union-attr]
    scale = 1 if plain.removesuffix("万") == plain and not (unit or "").startswith("万") else 10_000
    plain = plain.removesuffix("万").strip()
    if _NUMBER.fullmatch(plain):
        return Parsed(round(float(plain.replace(",", "")) * scale, 6) if scale > 1 else float(plain.replace(",", "")))
    if re.fullmatch(CHINESE_NUMBER, plain) and (value := chinese_number(plain)) is not None:
        return Parsed(float(value * scale))
    raise _fail("不是数字", "只写数字，如 12。")


def parse_integer(text: str, unit: str | None = None) -> Parsed:
    """A whole number; '25.00' is one, '2.5' is not. Beyond 15 digits it is an id, not a count."""
    value = parse_number(text, unit).value
    if value != int(value) or abs(value) >= 1e15:
        raise _fail("不是整数", "写成整数，如 12。")
    return Parsed(int(value))


def parse_percent(text: str, unit: str | None = None) -> Parsed:
    """'95%', '９５％', '0.95', '95' → 0.95. unit '%' (from the header) says that plain numbers are per cent."""
    plain = half_width(text)
    signed = plain.endswith("%") or plain.startswith("百分之")
    number = plain.removeprefix("百分之").removesuffix("%").strip()
    if not _NUMBER.fullmatch(number) and not signed:
        raise _fail("不是百分比", "写成 95% 或 0.95。")
    value = parse_number(number).value
    if signed or unit == "%":
        return Parsed(value / 100)
    if value > 100 or value < 0:
        raise _fail("百分比超出 0–100", "写成 95% 或 0.95。")
    if value == 1:
        return Parsed(1.0, Caution("ambiguous_percent", "「1」按 100% 读", "写成 100% 或 1%。"))
    return Parsed(value / 100 if value > 1 else value)


def parse_duration(text: str, unit: str | None = None) -> Parsed:
    """'6小时30分钟', '1天2小时', '90分钟', '2:30:00', '1.5小时', '128秒' or a number in `unit` → whole seconds."""
    plain = half_width(text).rstrip("。")
    if clock := _CLOCK.fullmatch(plain):
        return _clock(clock, unit)
    if _NUMBER.fullmatch(plain):
        if unit not in _SECONDS:
            raise Unreadable("bad_duration", "时长没有单位", "写成 90分钟，或在来源声明里写 unit。")
        number = float(plain.replace(",", ""))
        if 1 / 86400 <= number < 1 and number * _SECONDS[unit] < 1:
            return Parsed(round(number * 86400), _FRACTION)
        return _seconds(number * _SECONDS[unit])
    plain = re.sub(r"(?<=分)(\d{1,2})$", r"\1秒", plain.removeprefix("PT") if _ISO.fullmatch(plain) else plain)
    spelled = re.sub(rf"{CHINESE_NUMBER}(?=[天个小时分秒半])", lambda match: str(chinese_number(match[0])), plain)
    spelled = re.sub(r"半(个?小时|个?钟头|天|分钟)", r"0.5\1", spelled)
    parts = _PARTS.fullmatch(spelled)
    if not parts or not any(parts[key] for key in "dhms") or (parts["half"] and not parts["h"]):
        raise Unreadable("bad_duration", "不是时长", "写成 6小时30分钟、90分钟 或 128秒。")
    total = sum(float(parts[key] or 0) * scale for key, scale in zip("dhms", (86400, 3600, 60, 1), strict=True))
    return _seconds(total + (1800 if parts["half"] else 0))


def _clock(match: re.Match, unit: str | None) -> Parsed:
    days, first, second, third = (int(part or 0) for part in match.groups())
    if second > 59 or third > 59:
        raise Unreadable("bad_duration", "没有这样的时长", "写成 6小时30分钟、90分钟 或 128秒。")
    if match.group(4) is not None or days:
        return _seconds(days * 86400 + first * 3600 + second * 60 + third)
    scale, words = (60, "分:秒") if unit == "秒" else (3600, "时:分")
    caution = Caution("ambiguous_duration", f"只有一个冒号，按「{words}」读", "写成 2小时30分钟 或 2分30秒。")
    return Parsed(first * scale + second * scale // 60, caution)


def _seconds(value: float) -> Parsed:
    if round(value) == 0:
        return Parsed(0, Caution("zero_duration", "用时是 0，不合常理", "核对这一格；没有计时的请留空。"))
    if value < 0 or value >= 100 * 366 * 86400:
        raise Unreadable("bad_duration", "时长为负或过大", "写成 6小时30分钟、90分钟 或 128秒。")
    return Parsed(round(value))


def parse_boolean(text: str, subjects: Iterable[str] = ()) -> Parsed:
    """是/否, √/×, 有/无, Y/N, 1/0, TRUE/FALSE; of what is asked (立案) also 已立案, 立案, 未立案,
    不立案. Raises Unreadable."""
    plain = half_width(text).casefold().rstrip("。.")
    if plain in _YES or plain in subjects or (plain[:1] == "已" and plain[1:] in subjects):
        return Parsed(True)
    if plain in _NO or (plain[:1] in ("未", "不") and plain[1:] in subjects):
        return Parsed(False)
    raise Unreadable("bad_boolean", "不是「是」或「否」", "写成 是 或 否。")
