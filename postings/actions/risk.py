"""What the risk rules say of postings in review, kept beside them; and the rules' own settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cscareers.core.tasks import enqueue
from postings.enums import RevisionState
from postings.models import Posting, PostingRevision, RiskAssessment, RiskRule
from postings.risk import limits
from postings.risk.gather import facts_about
from postings.risk.rules import rules_in_force
from postings.risk.score import Rule, assess


class LimitsInvalid(Exception):
    """A rule's limits have other names or kinds than the ones it reads."""


@transaction.atomic
def assess_revision(
    *, revision: PostingRevision, now: datetime, rules: list[Rule] | None = None
) -> RiskAssessment:
    """Ask the rules about `revision` and keep the answer in place of an earlier one."""
    found = assess(facts_about(revision, now=now), rules or rules_in_force())
    kept, _ = RiskAssessment.objects.update_or_create(
        revision=revision,
        defaults={
            "score": found.score,
            "hits": [hit.to_json() for hit in found.hits],
            "codes": [hit.code for hit in found.hits],
            "assessed_at": now,
        },
    )
    return kept


def reassess_waiting(*, now: datetime, posting_id: int | None = None) -> int:
    """Ask again about all that waits for a moderator, or about one posting's; how many."""
    waiting = PostingRevision.objects.filter(state=RevisionState.IN_REVIEW)
    if posting_id is not None:
        waiting = waiting.filter(posting_id=posting_id)
    rules, count = rules_in_force(), 0
    named = waiting.select_related("posting__employer", "posting__author", "author")
    for revision in named.order_by("pk").iterator(chunk_size=200):
        assess_revision(revision=revision, now=now, rules=rules)
        count += 1
    return count


def reassess_later() -> None:
    """Queue the asking anew of all that waits; once, however often it is wanted meanwhile."""
    enqueue("postings.reassess_waiting", queueing_lock="postings.reassess_waiting")


def reassess_posting_later(*, posting: Posting) -> None:
    """The same for one posting, if something of it waits: more or less came to be known of it."""
    if posting.revisions.filter(state=RevisionState.IN_REVIEW).exists():
        lock = f"postings.reassess_posting:{posting.pk}"
        enqueue("postings.reassess_posting", queueing_lock=lock, posting_id=posting.pk)


@transaction.atomic
def change_rule(*, rule: RiskRule, weight: int, params: Mapping[str, Any], enabled: bool) -> None:
    """Set what a rule weighs and its limits, or turn it on or off; the queue is ordered anew soon.

    Raises LimitsInvalid.
    """
    standing = RiskRule.objects.select_for_update(no_key=True).get(pk=rule.pk)
    if not limits.fits(standing.params, params):
        raise LimitsInvalid
    rule.weight, rule.params, rule.enabled = weight, dict(params), enabled
    rule.save(update_fields=["weight", "params", "enabled"])
    reassess_later()
