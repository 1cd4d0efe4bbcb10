"""Office files that are the same to the last byte: one time in every entry, nothing of the moment of writing."""

import io
import re
import zipfile
from datetime import datetime

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
EARLIEST = (1980, 1, 1, 0, 0, 0)


def same_bytes(content: bytes, moment: datetime) -> bytes:
    """A zip file written again with `moment` for every time in it, workbooks inside it included; order of entries
    kept."""
    stamp = max(moment.timetuple()[:6], EARLIEST)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            new.writestr(entry, _settled(name, old.read(name), moment))
    return made.getvalue()


def _settled(name: str, content: bytes, moment: datetime) -> bytes:
    if name.endswith(".xlsx"):
        return same_bytes(content, moment)
    if name == "docProps/core.xml":
        time = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _MOMENT.sub(rb"\g<1>" + time + rb"\g<2>", content)
    return content
