"""The people named in a row's personal cells, masked wherever else the row mentions them."""

from itertools import chain

from etl.privacy.text import mask_name, names_in

_NO_NAME = "\0"


class RowNames:
    """Names per row, in layers: one a personal column, and further ones where a cell names several people."""

    def __init__(self, personal: list[list[str | None]]):
        self.layers: list[list[str]] = []
        for column in personal:
            names = {text: names_in(text) for text in set(column) if text is not None}
            for position in range(max(map(len, names.values()), default=0)):
                layer: dict[str | None, str] = {t: n[position] for t, n in names.items() if position < len(n)}
                self.layers.append([layer.get(text, _NO_NAME) for text in column])
        self.everyone = set(chain.from_iterable(self.layers)) - {_NO_NAME}
        self.longest = max(map(len, self.everyone), default=0)
        self.has_ascii = any(map(str.isascii, self.everyone))

    def mask_in(self, column: list[str | None]) -> list[str | None]:
        """The column with the row's own people masked: '张三反映…' → '张*反映…'. Names are masked in their own row
        only, so that a name that is also a word (高兴) does no harm elsewhere."""
        if not self._may_occur_in(column):
            return column
        result = list(column)
        for layer in self.layers:
            for row, (name, text) in enumerate(zip(layer, result, strict=True)):
                if text is not None and name in text:
                    result[row] = text.replace(name, mask_name(name))
        return result

    def _may_occur_in(self, column: list[str | None]) -> bool:
        """Cheap refusals: nothing to look for, numbers and dates only, or a few short texts without any known name."""
        if not self.everyone or (not self.has_ascii and "".join(filter(None, column)).isascii()):
            return False
        distinct = [text for text in set(column) if text is not None]
        letters = sum(map(len, distinct))
        if self.longest > 4 or letters * 6 > len(column) * len(self.layers):
            return True
        runs = (text[start : start + size] for text in distinct for size in (2, 3, 4) for start in range(len(text)))
        return not self.everyone.isdisjoint(runs)
