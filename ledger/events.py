"""Everything that can be written down about an assignment, and the state that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from ledger import words
from ledger.agreed import Agreed
from ledger.errors import Refused

CREATED, CHANGED, REPORTED, VERIFIED = "created", "changed", "reported", "verified"
COMMENTED, ATTACHED, REVIEWED, WITHDRAWN = "commented", "attached", "reviewed", "withdrawn"
KINDS = {
    CREATED: "交办",
    CHANGED: "修改",
    REPORTED: "报告",
    VERIFIED: "核验",
    COMMENTED: "留言",
    ATTACHED: "材料",
    REVIEWED: "复核",
    WITHDRAWN: "撤销",
}
MACHINE = "系统复核"


@dataclass(frozen=True)
class Event:
    """One line of an assignment's history. `day`: when it holds; `recorded_at`: when it was written down, naive local
    time.

    `position` counts through the whole ledger in the order of writing; `source` names the file it was loaded from.
    """

    number: str
    sequence: int
    kind: str
    day: date
    post: str
    recorded_at: datetime
    content: dict
    source: str = ""
    position: int = 0

    @property
    def label(self) -> str:
        return KINDS[self.kind]


def validated(kind: str, content: dict) -> dict:
    """The content of one event with exactly the keys its kind has. Raises Refused."""
    if kind in (CREATED, CHANGED):
        return Agreed.from_json(content).to_json()
    if kind == REPORTED:
        return {
            "done": bool(content.get("done")),
            "words": words.text(content.get("words"), "报告内容", 2000, required=True),
        }
    if kind == VERIFIED:
        return {
            "accepted": bool(content.get("accepted")),
            "words": words.text(content.get("words"), "核验意见", 2000, required=True),
        }
    if kind == COMMENTED:
        return {"words": words.text(content.get("words"), "留言", 2000, required=True)}
    if kind == WITHDRAWN:
        return {"words": words.text(content.get("words"), "撤销理由", 2000, required=True)}
    if kind == ATTACHED:
        return _attached(content)
    if kind == REVIEWED:
        return {name: words.text(content.get(name), name, 2000) for name in ("moment", "outcome", "sentence", "build")}
    raise Refused("台账里没有这一种记录，请刷新页面后重试。")


def _attached(content: dict) -> dict:
    """A file by name, hash and size, or a link; a link must be one a browser opens safely."""
    link = words.text(content.get("link"), "链接", 500)
    if link and not link.lower().startswith(("https://", "http://")):
        raise Refused("链接应以 https:// 或 http:// 开头，请改正。")
    digest = words.text(content.get("digest"), "文件指纹", 64)
    if not link and len(digest) != 64:
        raise Refused("还没有选择文件，也没有填写链接，请任选其一。")
    name = words.text(content.get("name") or link, "材料名称", 500, required=True)
    return {"name": name, "digest": digest, "size": int(content.get("size") or 0), "link": link}


@dataclass(frozen=True)
class Assignment:
    """The state that follows from the events, oldest first; the first is always the creation."""

    events: tuple[Event, ...]

    @property
    def number(self) -> str:
        return self.events[0].number

    @property
    def sequence(self) -> int:
        """What to expect when writing on top of what one has seen."""
        return self.events[-1].sequence

    @cached_property
    def agreed(self) -> Agreed:
        return Agreed.from_json(
            next(event.content for event in reversed(self.events) if event.kind in (CREATED, CHANGED))
        )

    def of(self, kind: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.kind == kind)

    def last(self, kind: str) -> Event | None:
        of_kind = self.of(kind)
        return of_kind[-1] if of_kind else None

    @property
    def report(self) -> Event | None:
        """The owner's last word on it."""
        return self.last(REPORTED)

    @property
    def is_reported_done(self) -> bool:
        return self.report is not None and self.report.content["done"]

    @property
    def done_since(self) -> date | None:
        """Day since which the owner calls it done; None while not. Saying it again does not make it younger, unless a
        verifier refused it in between or the owner took it back."""
        since, refused = None, False
        for event in self.events:
            if event.kind == VERIFIED:
                refused = not event.content["accepted"]
            elif event.kind == REPORTED and not event.content["done"]:
                since = None
            elif event.kind == REPORTED and (since is None or refused):
                since, refused = event.day, False
        return since

    @property
    def verification(self) -> Event | None:
        """What somebody else said of the last report; None when nobody has looked at it yet."""
        verified = self.last(VERIFIED)
        return verified if verified and self.report and verified.sequence > self.report.sequence else None

    @property
    def is_withdrawn(self) -> bool:
        return self.last(WITHDRAWN) is not None

    @property
    def is_accepted(self) -> bool:
        """Whether a verifier has accepted the owner's last report."""
        return self.verification is not None and self.verification.content["accepted"]

    @property
    def documents(self) -> tuple[Event, ...]:
        return self.of(ATTACHED)

    @property
    def report_words(self) -> str:
        """「报告：已完成」, 「报告：办理中」, 「未报告」."""
        return "未报告" if self.report is None else "报告：已完成" if self.is_reported_done else "报告：办理中"

    @property
    def verify_words(self) -> str:
        """「核验人：认可」, 「核验人：不认可」, 「待核验」 or nothing before a report."""
        if not self.is_reported_done:
            return ""
        if self.verification is None:
            return "待核验"
        return "核验人：认可" if self.verification.content["accepted"] else "核验人：不认可"


def fold(events: Iterable[Event]) -> tuple[Assignment, ...]:
    """One assignment per number, in the order they were created; events without a creation before them are left out."""
    histories: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda one: (one.number, one.sequence)):
        if event.kind == CREATED or event.number in histories:
            histories.setdefault(event.number, []).append(event)
    made = [Assignment(tuple(history)) for history in histories.values()]
    return tuple(sorted(made, key=lambda one: (one.agreed.given_on, one.events[0].position, one.number)))


def check_turn(kind: str, content: dict, post: str, now: Assignment | None) -> None:
    """Whether an event may follow what is written. Raises Refused."""
    if now is None:
        if kind != CREATED:
            raise Refused("台账里没有这一项，请刷新页面后重试。")
        return
    if kind == CREATED:
        raise Refused(f"编号 {now.number} 已经用过，请换一个编号。")
    if now.is_withdrawn and kind != COMMENTED:
        raise Refused(f"{now.number} 已经撤销，只能留言；需要重新办理请新建一项。")
    if kind == VERIFIED:
        _check_verifier(post, now)


def _check_verifier(post: str, now: Assignment) -> None:
    report = now.report
    if report is None or not report.content["done"]:
        raise Refused("责任人还没有报告完成，不能核验；请先报告。")
    own = (report.post, now.agreed.owner, now.agreed.post)
    if any(words.same_post(post, other) for other in own):
        raise Refused(f"报告和核验不能是同一个岗位（{post}），请由另一个岗位核验。")
