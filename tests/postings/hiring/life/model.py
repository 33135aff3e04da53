"""What may happen to a posting, its revisions and its applications, told a second time in plain
Python and without the product's tables: two accounts of one life that have to agree."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

FRESH = timedelta(days=60)
PROMISED = 14  # days
UNCONFIRMED = timedelta(days=14)
GRACE = timedelta(hours=48)

POSTING: Final[dict[str, dict[str, str]]] = {
    "submit": {"draft": "in_review"},
    "withdraw": {"in_review": "draft"},
    "approve": {"in_review": "published"},
    "reject": {"in_review": "rejected"},
    "rework": {"rejected": "draft"},
    "discard": {"draft": "closed"},
    "pause": {"published": "paused"},
    "resume": {"paused": "published"},
    "hold": {"published": "paused"},
    "release": {"paused": "published"},
    "fill": {"published": "filled", "paused": "filled"},
    "close": {"published": "closed", "paused": "closed", "suspended": "closed"},
    "expire": {"published": "expired", "paused": "expired"},
    "suspend": {"published": "suspended", "paused": "suspended"},
    "reinstate": {"suspended": "published"},
}
APPLICATION: Final[dict[str, dict[str, str]]] = {
    "review": {"new": "in_review"},
    "interview": {"new": "interview", "in_review": "interview"},
    "offer": {"in_review": "offer", "interview": "offer"},
    "hire": {"offer": "hired"},
    "reject": dict.fromkeys(("new", "in_review", "interview", "offer"), "rejected"),
    "withdraw": dict.fromkeys(("new", "in_review", "interview"), "withdrawn"),
    "decline": {"offer": "withdrawn"},
    "close": dict.fromkeys(("new", "in_review", "interview", "offer"), "closed"),
}
ANSWERING: Final = {"interview", "offer", "reject", "close"}

Told = tuple[str, str, str]
"""An event: its verb, and the states it led from and to."""


@dataclass
class ModelRevision:
    number: int
    state: str = "draft"
    version: int = 1
    until: date | None = None
    """The last day to apply that it names: the posting's, when it was begun."""

    @property
    def open(self) -> bool:
        return self.state in {"draft", "in_review", "rejected"}


@dataclass
class ModelApplication:
    candidate: int
    applied_at: datetime
    state: str = "new"
    answered_at: datetime | None = None
    told: list[Told] = field(default_factory=lambda: [("apply", "", "new")])

    def overdue(self, now: datetime) -> bool:
        """Its answer was promised for the end of a day that is over."""
        day = self.applied_at.date() + timedelta(days=PROMISED + 1)
        waits = self.answered_at is None and self.state in APPLICATION["close"]
        return waits and datetime.combine(day, time(), tzinfo=UTC) <= now

    def may(self, verb: str, seen: str | None = None) -> bool:
        return (seen or self.state) in APPLICATION[verb]

    def move(self, verb: str, now: datetime) -> None:
        before, self.state = self.state, APPLICATION[verb][self.state]
        if verb in ANSWERING:
            self.answered_at = self.answered_at or now
        self.told.append((verb, before, self.state))


@dataclass
class ModelPosting:
    state: str = "draft"
    reasons: list[str] = field(default_factory=list)
    held: bool = False
    withheld: bool = False
    closes_at: datetime | None = None
    confirmed_at: datetime | None = None
    until: date | None = None
    expired_from: str = ""
    suspended_with: tuple[list[str], bool] = field(default_factory=lambda: ([], False))
    revisions: list[ModelRevision] = field(default_factory=lambda: [ModelRevision(1)])
    told: list[Told] = field(default_factory=lambda: [("create", "", "draft")])
    applications: list[ModelApplication] = field(default_factory=list)

    # --- Questions -------------------------------------------------------------------------------

    @property
    def draft(self) -> ModelRevision | None:
        """The one revision that is being worked on."""
        return next((revision for revision in self.revisions if revision.open), None)

    def may(self, verb: str) -> bool:
        return self.state in POSTING[verb]

    def running(self, now: datetime) -> bool:
        live = self.state in {"published", "paused"}
        return live and self.closes_at is not None and self.closes_at > now

    def public(self, now: datetime) -> bool:
        return self.state == "published" and self.running(now) and not self.withheld

    def takes(self, *, opened: datetime, now: datetime) -> bool:
        """Whether an application that was opened then can be sent now."""
        if self.public(now):
            return True
        if self.closes_at is None or self.withheld:
            return False
        ended = self.state == "published" or (self.state, self.expired_from) == (
            "expired",
            "published",
        )
        return ended and self.closes_at <= now < self.closes_at + GRACE and opened < self.closes_at

    def of(self, candidate: int) -> ModelApplication | None:
        """What somebody sent and has not taken back."""
        mine = (a for a in self.applications if a.candidate == candidate)
        return next((a for a in mine if a.state != "withdrawn"), None)

    def over_at(self, now: datetime) -> datetime:
        """When a posting that is confirmed now is over; its employer lives by UTC."""
        if self.until is None:
            return now + FRESH
        midnight = datetime.combine(self.until + timedelta(days=1), time(), tzinfo=UTC)
        return min(midnight, now + FRESH)

    # --- Changes ---------------------------------------------------------------------------------

    def move(self, verb: str, told: str = "") -> None:
        before, self.state = self.state, POSTING[verb][self.state]
        if verb != "hold":
            self.held = False
        if self.state != "paused":
            self.reasons = []
        if self.state == "expired":
            self.expired_from = before
        self.told.append((told or verb, before, self.state))

    def say(self, verb: str) -> None:
        self.told.append((verb, "", ""))

    def step(self, verb: str) -> None:
        """`submit`, `withdraw`, `reject`, `rework` or `discard` of the draft, and of a posting
        that never was public with it."""
        targets = {
            "submit": "in_review",
            "withdraw": "draft",
            "reject": "rejected",
            "rework": "draft",
            "discard": "discarded",
        }
        assert self.draft
        before = self.draft.state
        if verb == "discard" and before == "rejected":
            self.step("rework")
        self.draft.state = targets[verb]
        if self.may(verb):
            self.move(verb)
        else:
            self.say(f"{verb}-revision")

    def begin_change(self) -> None:
        if self.draft is None:
            number = len(self.revisions) + 1
            self.revisions.append(ModelRevision(number, until=self.until))
            self.say("start-revision")

    def approve(self, now: datetime) -> None:
        assert self.draft
        draft = self.draft
        for revision in self.revisions:
            if revision.state == "approved":
                revision.state = "superseded"
        draft.state = "approved"
        self.closes_at, self.confirmed_at = self.over_at(now), now
        if self.state == "in_review":
            self.move("approve")
        else:
            self.say("approve-revision")
        if self.held:
            self.release()
        self.confirmed()

    def release(self) -> None:
        if self.reasons:
            self.held = False
            self.say("release")
        else:
            self.move("release")

    def pause(self, why: str) -> None:
        if self.state == "published":
            self.move("pause")
        else:
            self.say("pause")
        self.reasons.append(why)

    def resume(self, why: str) -> None:
        others = [reason for reason in self.reasons if reason != why]
        if others or self.held:
            self.reasons = others
            self.say("resume")
        else:
            self.move("resume")

    def confirm(self, verb: str, now: datetime) -> None:
        self.closes_at, self.confirmed_at = self.over_at(now), now
        self.say(verb)
        self.confirmed()

    def confirmed(self) -> None:
        if "unconfirmed" in self.reasons:
            self.resume("unconfirmed")

    def answer(self, application: ModelApplication, verb: str, now: datetime) -> None:
        """Move an application; the last answer that was overdue ends the pause for it."""
        late = application.overdue(now)
        application.move(verb, now)
        if late and verb != "review":
            self.recover(now)

    def recover(self, now: datetime) -> None:
        if "replies" in self.reasons and self.running(now) and not self.overdue(now):
            self.resume("replies")

    def overdue(self, now: datetime) -> bool:
        return any(application.overdue(now) for application in self.applications)

    def look_after_promises(self, now: datetime) -> None:
        self.recover(now)
        if self.overdue(now) and self.running(now) and "replies" not in self.reasons:
            self.pause("replies")

    def look_after_confirmations(self, now: datetime) -> None:
        stale = self.confirmed_at is not None and self.confirmed_at <= now - UNCONFIRMED
        if stale and self.running(now) and not self.held and "unconfirmed" not in self.reasons:
            self.pause("unconfirmed")

    def suspend(self) -> None:
        self.suspended_with = (self.reasons, self.held)
        self.move("suspend")

    def reinstate(self) -> None:
        reasons, _held = self.suspended_with
        self.move("reinstate")
        for reason in reasons:
            self.pause(reason)

    def end(self, verb: str, now: datetime, *, answers: bool) -> None:
        """Fill, close or expire: the draft of a change goes, and open applications with it."""
        self.move(verb)
        if self.draft:
            self.draft.state = "discarded"
        for application in self.applications if answers else ():
            if application.may("close"):
                application.move("close", now)
