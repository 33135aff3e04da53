"""A new posting out of the text of an ad that a member has: read as an import reads it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from postings.actions.import_batches import content_of
from postings.actions.import_report import RunOrders
from postings.actions.postings import begin_posting
from postings.enums import WorkMode
from postings.importers.schema_org import PostingDraft
from postings.models import Posting
from profiles.enums import Industry
from profiles.models import Employer, User
from profiles.taxonomy.vocabulary import current_vocabulary

NO_ANSWER: Final = ("text_language",)
"""Of any text there is a guess at these."""


@transaction.atomic
def begin_from_ad(
    *,
    employer: Employer,
    actor: User,
    now: datetime,
    draft: PostingDraft,
    guesses: Sequence[str] = (),
) -> Posting:
    """The draft of what an ad says, each answer of it marked until a member confirms it.

    `guesses` are fields that the ad does not state as such, beside those that any import guesses.
    """
    orders = RunOrders(
        publish=False,
        now=now,
        employer=employer,
        actor=actor,
        guesses=tuple(guesses),
        vocabulary=current_vocabulary(),
    )
    content = content_of(draft, orders)
    if content.mode is WorkMode.ONSITE and not content.locations:
        # Concluded from words that are no place after all.
        content = content.with_(mode=None, guessed=_without(content.guessed, "mode"))
    if employer.sector:
        content = content.with_(industry=Industry(employer.sector))
    return begin_posting(employer=employer, actor=actor, now=now, content=content)


def _without(names: Sequence[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def answers_of(posting: Posting) -> int:
    """How many answers of a new draft are guessed from its ad."""
    guessed = posting.revisions.get().value.guessed
    return sum(name not in NO_ANSWER for name in guessed)
