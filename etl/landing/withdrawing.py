"""What was loaded wrongly is taken back: the next build is as if it had never come, the landing keeps what was done.

landing/withdrawn/<id>.json   the file's record, with who withdrew it, when and why; its text stays where it was
"""

import os
from pathlib import Path
from typing import NamedTuple

from etl.landing.store import Store, content_id, read_json, write_json
from warehouse.errors import UserError


class Withdrawal(NamedTuple):
    """Who takes a file back, when (as the clock says) and why."""

    by: str
    at: str
    reason: str


def matching(store: Store, word: str) -> list[dict]:
    """Records that a file on this disk, a file's id or a name calls: several may have one name."""
    records, path = store.records(), Path(word)
    if path.is_file() and (found := records.get(content_id(path))):
        return [found]
    if word in records:
        return [records[word]]
    return [record for record in records.values() if path.name in {seen["name"] for seen in record["seen"]}]


def one(store: Store, word: str) -> dict:
    """The record meant. Raises UserError where there is none or more than one."""
    found = matching(store, word)
    if not found:
        raise UserError(f"没有装载过「{word}」：用 python -m etl withdraw 查看最近装载的文件和编号。")
    if len(found) > 1:
        listed = "；".join(f"{record['file_id']} {said(record)}" for record in found)
        raise UserError(f"有 {len(found)} 份文件叫「{word}」，没有撤回；请写明编号：{listed}。")
    return found[0]


def said(record: dict) -> str:
    """A record in words: the names it came under, each with its export time."""
    return "、".join(f"{seen['name']}（{seen['export_time'][:16].replace('T', ' ')}）" for seen in record["seen"])


def withdraw(store: Store, record: dict, withdrawal: Withdrawal) -> None:
    """From now on the file counts as never landed. What its landing made forgotten is known again."""
    folder = store.folders[-1]
    (folder / "withdrawn").mkdir(exist_ok=True)
    place = folder / "withdrawn" / f"{record['file_id']}.json"
    before = read_json(place)["withdrawals"] if place.exists() else []
    write_json(place, record | {"withdrawals": [*before, withdrawal._asdict()]})
    for entry in record.get("forgiven", []):
        write_json(folder / "refused" / f"{entry['file_id']}.json", entry)
    os.unlink(folder / "records" / f"{record['file_id']}.json")


def withdrawn(store: Store) -> dict[str, dict]:
    """File id → what was withdrawn and did not come back since."""
    landed = store.records()
    every = {path.stem: path for folder in store.folders for path in sorted((folder / "withdrawn").glob("*.json"))}
    return {file_id: read_json(path) for file_id, path in every.items() if file_id not in landed}


def sentence(name: str, record: dict) -> str:
    """Why a withdrawn content is not taken in again by itself."""
    last = record["withdrawals"][-1]
    why = f"，原因：{last['reason']}" if last["reason"] else ""
    return (
        f"{name}：这份内容 {last['at'][:16].replace('T', ' ')} 由 {last['by']} 撤回过{why}，没有装载；"
        "确实要再装载，请加 --again。"
    )
