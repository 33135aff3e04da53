"""What happens at the moderators' desk of the demo world, by the same actions that the site uses.

`scenes.toml` says it; each scene is played once, when the employer that it is about is made.
"""

import tomllib
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from postings.actions import import_runs, lifecycle, moderation, reports, reposts
from postings.actions.notes import write_note
from postings.actions.postings import create_posting, duplicate, save_draft, start_revision
from postings.actions.unmatched_searches import note as note_search
from postings.content import PostingContent
from postings.enums import Consequence, Level, Origin, ReportCategory
from postings.importers.uploads import read_upload
from postings.models import Posting, SavedReply
from profiles.actions.taxonomy import propose_skill
from profiles.enums import SkillKind
from profiles.models import Employer, User

_FILE: Final = Path(__file__).parent / "scenes.toml"
_ONCE: Final = "saltmeadow-pharmacies"
"""With this employer comes what is about none."""
People = Mapping[str, User]
Scene = Mapping[str, Any]


def play(*, people: People, made: Collection[str], now: datetime) -> None:
    """Play the scenes of the employers that were just `made`, by their slugs."""
    script = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    mine = {
        name: [scene for scene in scenes if scene.get("employer", _ONCE) in made]
        for name, scenes in script.items()
    }
    _reports(mine["case"], people, now=now)
    for scene in mine["change"]:
        begin_change(posting=_posting(scene), author=None, now=_ago(now, scene))
    for scene in mine["approval"]:
        revision = _posting(scene).revisions.get()
        at = now - timedelta(minutes=scene["minutes_ago"])
        moderation.approve(revision=revision, actor=people["moderator"], now=at)
    for scene in mine["repost"]:
        _repost(scene, people, now=now)
    for scene in mine["copy"]:
        _copy(scene, people, now=now)
    for scene in mine["draft"]:
        _draft(scene, people, now=now)
    for scene in mine["import"]:
        _import(scene, people, now=now)
    _desk(mine, people, now=now)


def begin_change(*, posting: Posting, author: User | None, now: datetime) -> None:
    """Hand in a change to a public posting; without an `author` it is the posting's."""
    actor = author or posting.author
    revision = start_revision(posting=posting, actor=actor, now=now)
    content = revision.value
    changed = content.with_(
        team_size=(content.team_size or 8) + 2,
        responsibilities=(*content.responsibilities, "Plan the cover for public holidays."),
    )
    save_draft(revision=revision, actor=actor, now=now, version=revision.version, content=changed)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=actor, now=now)


def _posting(scene: Scene, of: str = "") -> Posting:
    """The posting that a scene names; the first where it is offered in several cities."""
    rows = Posting.objects.select_related("employer", "author", "live_revision")
    named = rows.filter(employer__slug=scene[f"{of}employer"], title=scene[f"{of}title"])
    return named.order_by("pk")[0]


def _ago(now: datetime, scene: Scene, name: str = "hours_ago") -> datetime:
    return now - timedelta(hours=scene[name])


def _author(scene: Scene, people: People, employer: Employer) -> User:
    if scene["author"] in people:
        return people[scene["author"]]
    return User.objects.get(memberships__employer=employer)


# --- Reports ------------------------------------------------------------------------------------


def _reports(cases: Collection[Scene], people: People, *, now: datetime) -> None:
    reader = 0
    for case in sorted(cases, key=lambda case: -case["hours_ago"]):
        at = _ago(now, case)
        ids = []
        for said in case["reports"]:
            for number in range(said["people"]):
                reader += 1
                # The first finds words for what the others only tick.
                words = "" if number else said["words"]
                ids.append(_report(case, {**said, "words": words}, reader, people, at=at))
                at += timedelta(minutes=7)
        if "decision" in case:
            _decide(case, ids, people["moderator"], now=now)


def _report(case: Scene, said: Scene, reader: int, people: People, *, at: datetime) -> int:
    account = people["candidate"] if said.get("account") else None
    made = reports.report(
        posting=_posting(case),
        category=ReportCategory(said["category"]),
        words=said["words"],
        email=f"reader{reader}@mail.example" if said.get("mail") else "",
        reporter=account,
        address=f"2001:db8:{reader:x}::1",
        now=at,
    )
    return made.pk


def _decide(case: Scene, ids: Collection[int], moderator: User, *, now: datetime) -> None:
    common: dict[str, Any] = {
        "posting": _posting(case),
        "reports": ids,
        "actor": moderator,
        "now": _ago(now, case, "decided_hours_ago"),
        "note": case.get("note", ""),
        "outcome": case["outcome"],
    }
    if case["decision"] == "dismiss":
        reports.dismiss(**common)
    else:
        reports.uphold(consequence=Consequence(case["decision"]), **common)


# --- What members do ----------------------------------------------------------------------------


def _repost(scene: Scene, people: People, *, now: datetime) -> None:
    before = _posting(scene)
    author = before.author
    assert author is not None  # noqa: S101  (whoever made the employer)
    at = _ago(now, scene)
    again = duplicate(posting=before, actor=author, now=at)
    revision = again.revisions.get()
    answer = reposts.Answer(follows=before.public_id)
    reposts.submit(posting=again, revision=revision, actor=author, now=at, answer=answer)
    approved = _ago(now, scene, "approved_hours_ago")
    moderation.approve(revision=revision, actor=people["moderator"], now=approved)


def _copy(scene: Scene, people: People, *, now: datetime) -> None:
    """A job made from another one, with a word to those who wonder."""
    employer = Employer.objects.get(slug=scene["employer"])
    original = _posting(scene, of="of_").live_revision
    assert original is not None  # noqa: S101  (it is public)
    content = original.value.with_(title=scene["title"], apply_url=scene["apply_url"])
    author, at = _author(scene, people, employer), _ago(now, scene)
    posting = create_posting(
        employer=employer, actor=author, now=at, content=content, origin=Origin.DEMO
    )
    answer = reposts.Answer(explanation=scene["explanation"])
    revision = posting.revisions.get()
    reposts.submit(posting=posting, revision=revision, actor=author, now=at, answer=answer)


def _draft(scene: Scene, people: People, *, now: datetime) -> None:
    employer = Employer.objects.get(slug=scene["employer"])
    content = PostingContent(
        title=scene["title"], level=Level.MANAGER, description=scene["description"].strip()
    )
    create_posting(
        employer=employer,
        actor=_author(scene, people, employer),
        now=_ago(now, scene),
        content=content,
        origin=Origin.DEMO,
    )


def _import(scene: Scene, people: People, *, now: datetime) -> None:
    data = scene["text"].encode()
    at, actor = _ago(now, scene), people["owner"]
    run = import_runs.begin(
        employer=Employer.objects.get(slug=scene["employer"]),
        actor=actor,
        now=at,
        lines=read_upload(data),
        data=data,
        file_name=scene["file_name"],
    )
    for number, verb in enumerate(scene["then"], 1):
        step = {"confirm": import_runs.confirm, "undo": import_runs.undo}[verb]
        step(run=run, actor=actor, now=at + timedelta(minutes=3 * number))


# --- What lies on the moderators' desk ----------------------------------------------------------


def _desk(mine: Mapping[str, Collection[Scene]], people: People, *, now: datetime) -> None:
    for scene in mine["note"]:
        about: Posting | Employer = (
            _posting(scene) if "title" in scene else Employer.objects.get(slug=scene["employer"])
        )
        write_note(about=about, text=scene["text"], actor=people["moderator"], now=now)
    for scene in mine["reply"]:
        words = {"reasons": scene["reasons"], "text": scene["text"]}
        SavedReply.objects.get_or_create(name=scene["name"], defaults=words)
    for scene in mine["search"]:
        for number in range(scene["times"]):
            address = f"2001:db8:f00{number}::1"
            note_search(text=scene["text"], alone=True, address=address, now=now)
    for scene in mine["skill"]:
        propose_skill(name=scene["name"], kind=SkillKind(scene["kind"]), actor=people["owner"])
