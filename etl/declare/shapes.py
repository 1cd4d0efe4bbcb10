"""What may stand in a declaration, key by key, each with the words a mistake is told in."""

from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from etl.form.model import Kind, Personal, Type
from warehouse.validated import Flag, Shape, Text, Texts

Count = Annotated[int, Meta(gt=0, title="整数")]
Year = Annotated[int, Meta(ge=1990, le=2100, title="1990 到 2100 的年份")]
Number = Annotated[int | float, Meta(title="数")]
Table = Annotated[dict[str, object], Meta(title="表")]
Allowed = Annotated[dict[str, tuple[str, ...]] | tuple[str, ...], Meta(title="表或一组文字")]
Unit = Literal["秒", "分钟", "小时", "天"]
WORD = Meta(title="文字")


class SourceBlock(Shape, frozen=True):
    """[source]; its `dialect` is a DialectBlock of its own."""

    name: Text
    title: Text
    feeds: Text
    kind: Annotated[Kind, WORD]
    files: Texts = ()
    signs: Texts = ()
    key: Texts = ()
    order_by: Texts = ()
    expected_every_days: Count | None = None
    ignored: Texts = ()
    note: Text = ""
    dialect: Table = {}
    system: Count | None = None


class DialectBlock(Shape, frozen=True):
    """[source] dialect."""

    day_first: Flag = False
    month_first: Flag = False
    null: Texts = ()
    header_row: Count | None = None
    sheet: Text | None = None
    utc_offset_hours: Number = 8.0
    last_year: Year = 2050


class ColumnBlock(Shape, frozen=True, kw_only=True):
    """One [[column]]."""

    name: Text
    label: Text
    aliases: Texts = ()
    type: Annotated[Type, WORD]
    required: Flag = False
    allowed: Allowed | None = None
    keep_text: Flag = False
    personal: Annotated[Personal, WORD] | None = None
    constant: Text | None = None
    heading: Text | None = None
    pattern: Text | None = None
    unit: Annotated[Unit, WORD] | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    note: Text = ""
    example: Text | None = None
    zero: Texts | None = None
    ahead: Flag = False
    clock: Texts = ()
    day_from: Text | None = None

    @property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """`allowed` either way it may be written: value → its other spellings."""
        allowed = self.allowed or {}
        return allowed if isinstance(allowed, dict) else dict.fromkeys(allowed, ())


class Blocks(NamedTuple):
    """A declaration's blocks, all of which fit."""

    source: SourceBlock
    dialect: DialectBlock
    columns: tuple[ColumnBlock, ...]
