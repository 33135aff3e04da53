"""The part of the page before handing in that asks about postings which the draft looks like."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from postings.actions.reposts import Answer, certainly_repeats, likes_of
from postings.duplicates.query import LookAlike, Standing
from postings.forms.look_alikes import LookAlikeForm
from postings.views.drafts import Draft

_STANDING = {Standing.OPEN: "open now", Standing.PAUSED: "paused", Standing.OVER: "over"}


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A look-alike in words."""

    title: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the page asks; `holds`: it needs an answer. `repeats`: the draft says again what the
    employer had published, so that we link the two without being told."""

    lines: list[AlikeLine]
    form: LookAlikeForm
    holds: bool
    repeats: bool


def question(draft: Draft, data: Any = None, *, now: datetime) -> Question | None:
    """What to ask about a complete draft; None when it looks like nothing."""
    found = likes_of(draft.posting, draft.content, employer=draft.employer, now=now)
    if not found:
        return None
    form = LookAlikeForm(data, found=found, posting=draft.posting, revision=draft.revision)
    repeats = not form.holds and any(certainly_repeats(alike, now=now) for alike in found)
    return Question([_line(alike) for alike in found], form, form.holds, repeats)


def answer_to(asked: Question | None) -> Answer | None:
    """What the author said; None when the form comes back with an error."""
    if asked is None:
        return Answer()
    return asked.form.said if asked.form.is_valid() else None


def _line(alike: LookAlike) -> AlikeLine:
    assert alike.published_at is not None, "authors see nothing that waits"  # noqa: S101
    since = date_format(alike.published_at, "j M Y")
    words = f"published {since} at {alike.employer_name}, {_STANDING[alike.standing]}"
    return AlikeLine(alike.title, alike.url, words)
