"""The demo world as values: made-up employers and their postings, read from `world/*.toml`. Pure.

One file is one employer. Dates are kept as days before or after the loading, so that the world is
as fresh on every machine as on the day it was written.

What a file leaves out is the usual: the employer's sector, an open vacancy, no AI, requirements
numbered in their order, confirmed when published. Where a posting names no address to apply at,
people apply here: with promises of all lengths, and some of them ask something of their own.

Pay: in the United States inside the 10th to 90th percentile of the BLS OEWS occupation for the
level (`postings/data/oews_bands.tsv`), in eight other countries inside a range known for customer
service managers, scaled to the level. Where we know no such range it is made up. The head of each
file says which.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from cscareers.core.fold import fold
from postings.content import PostingContent
from postings.enums import PostingState, RejectionReason
from postings.policy import ASK_AGAIN_AFTER, REPLY_DAYS
from profiles.enums import EmployerSize, Industry, MemberRole, VerificationKind

_FOLDER: Final = Path(__file__).parent / "world"
_DOUBTFUL: Final = Path(__file__).parent / "doubtful"
_QUESTIONS: Final = (
    "What is the best answer that you ever gave a customer?",
    "When could you start?",
    "Which part of this work would you want to do more of?",
    "Tell us of a rule that you got changed because customers suffered from it.",
)
"""What demo employers ask; each asks the ones from its turn on, two at the most, or nothing."""


@dataclass(frozen=True, slots=True)
class DemoPosting:
    """A posting and the state to which seeding brings it.

    `published_days_ago` and `confirmed_days_ago` are None for what never was public. `rejection`
    and `note` are what a moderator said. `past_the_wall` marks what was handed in although it asks
    for money, as postings could be before that was refused. `content` has no `apply_until`: see
    `content_on`.
    """

    content: PostingContent
    state: PostingState
    author: MemberRole
    published_days_ago: int | None = None
    confirmed_days_ago: int | None = None
    apply_until_days: int | None = None
    rejection: RejectionReason | None = None
    note: str = ""
    past_the_wall: bool = False

    def content_on(self, today: date) -> PostingContent:
        """The content as it is when the world is loaded on `today`."""
        if self.apply_until_days is None:
            return self.content
        return self.content.with_(apply_until=today + timedelta(days=self.apply_until_days))


@dataclass(frozen=True, slots=True)
class DemoEmployer:
    """`city` is a GeoNames id; `verified` is None for an employer that has proven nothing yet.

    `mail` is the address of its first member, empty for the usual one."""

    name: str
    slug: str
    site: str
    sector: Industry
    size: EmployerSize
    country: str
    city: int
    description: str
    verified: VerificationKind | None
    postings: tuple[DemoPosting, ...]
    since_days: int = 400
    mail: str = ""


@cache
def demo_world() -> tuple[DemoEmployer, ...]:
    """All employers of the demo world with their postings, by slug."""
    return _read(_FOLDER)


@cache
def doubtful_world() -> tuple[DemoEmployer, ...]:
    """Employers that are there for the moderators: what they wrote is in review, reported or
    taken out of view, but for one who was reported wrongly."""
    return _read(_DOUBTFUL)


def _read(folder: Path) -> tuple[DemoEmployer, ...]:
    files = sorted(folder.glob("*.toml"))
    return tuple(_employer(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def _employer(document: Mapping[str, Any]) -> DemoEmployer:
    row = document["employer"]
    return DemoEmployer(
        name=row["name"],
        slug=row["slug"],
        site=row["site"],
        sector=Industry(row["sector"]),
        size=EmployerSize(row["size"]),
        country=row["country"],
        city=row["city"],
        description=row["description"],
        verified=None if row["verified"] == "none" else VerificationKind(row["verified"]),
        postings=tuple(_posting(posting, row) for posting in document.get("posting", ())),
        since_days=row.get("since_days", 400),
        mail=row.get("mail", ""),
    )


def _confirmed(row: Mapping[str, Any]) -> int | None:
    """When it was confirmed last; what is open is confirmed every week, or it would be paused."""
    days: int | None = row.get("confirmed_days_ago", row.get("published_days_ago"))
    runs = row["state"] in (PostingState.PUBLISHED, PostingState.PAUSED)
    return days % ASK_AGAIN_AFTER.days if runs and days is not None else days


def _posting(row: Mapping[str, Any], employer: Mapping[str, Any]) -> DemoPosting:
    content = PostingContent.from_json(_with_the_usual(row, employer))
    rejection = row.get("rejection")
    return DemoPosting(
        content=content.with_(description=content.description.strip()),
        state=PostingState(row["state"]),
        author=MemberRole(row["author"]),
        published_days_ago=row.get("published_days_ago"),
        confirmed_days_ago=_confirmed(row),
        apply_until_days=row.get("apply_until_days"),
        rejection=None if rejection is None else RejectionReason(rejection),
        note=row.get("note", ""),
        past_the_wall=row.get("past_the_wall", False),
    )


def _with_the_usual(row: Mapping[str, Any], employer: Mapping[str, Any]) -> dict[str, Any]:
    content = dict(row["content"])
    requirements = content.get("requirements", ())
    content["requirements"] = [
        {"id": f"r{number}", **requirement} for number, requirement in enumerate(requirements, 1)
    ]
    content.setdefault("industry", employer["sector"])
    if row["state"] != PostingState.DRAFT:
        content.setdefault("vacancy_exists", True)
        content.setdefault("ai_used", False)
        _apply_here(content, employer)
    return content


def _apply_here(content: dict[str, Any], employer: Mapping[str, Any]) -> None:
    """Where no address is given: a promise and questions, by the names, so that each start makes
    the same world."""
    if "apply_url" in content:
        return
    turn = crc32(f"{employer['slug']}/{_slug(content['title'])}".encode())
    first = turn // 4 % (2 * len(_QUESTIONS))
    content.setdefault("reply_days", REPLY_DAYS[turn % 4])
    content.setdefault("questions", _QUESTIONS[first : first + 1 + turn // 32 % 2])


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(title)))
