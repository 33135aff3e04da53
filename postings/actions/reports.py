"""What readers report, and what moderators make of it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from cscareers.core import throttling
from cscareers.core.networks import fingerprint, network_of, sender_of_day
from postings import emails
from postings.actions import lifecycle, moderation, risk
from postings.enums import (
    FRAUD,
    Consequence,
    PostingState,
    ReportCategory,
    ReportStatus,
)
from postings.models import Posting, Report
from profiles.models import User

PEOPLE_TO_HOLD: Final = 3
"""So many people, each independent of the others, pause a posting by reports of fraud."""
PEOPLE_TO_HOLD_AGAIN: Final = 6
"""The same, once a moderator has found nothing wrong with what the posting says."""
KNOWN_AFTER: Final = timedelta(days=7)
"""An account counts as a person of its own from this age on: a new one is made in a minute."""
KEEP_REPORTER: Final = timedelta(days=90)
"""So long after the decision we know who reported: address, account, and the keys."""
KEEP_WORDS: Final = timedelta(days=3 * 365)
"""So long after the decision the words are kept: some places ask for that of a job board."""
BY_NETWORK: Final = throttling.Limit("report-network", 10, timedelta(hours=1))
BY_POSTING: Final = throttling.Limit("report-posting", 40, timedelta(days=1))


class NotOpen(Exception):
    """The posting is not public: there is nothing to report."""


class ReportedAlready(Exception):
    """A report of this posting by the same reader waits for us."""


class WordsNeeded(Exception):
    """“Something else” says nothing without words."""


class DecidedAlready(Exception):
    """Some of these reports were decided by somebody else meanwhile."""


class NotPossible(Exception):
    """The posting is in a state in which this consequence can't be drawn."""


def report(
    *,
    posting: Posting,
    category: ReportCategory,
    words: str,
    email: str,
    reporter: User | None,
    address: str,
    now: datetime,
) -> Report:
    """Keep the report, and pause the posting when it is the one that makes the number full.

    `address` is the IP address, which is compared and not kept. Raises NotOpen, ReportedAlready,
    WordsNeeded, throttling.TooMany.
    """
    throttling.count(BY_NETWORK, sender_of_day(address, now=now), now=now)
    throttling.count(BY_POSTING, posting.public_id, now=now)
    if category is ReportCategory.OTHER and not words:
        raise WordsNeeded
    with transaction.atomic():
        # One report after the other: the count below is true for this one.
        standing = Posting.objects.published(now=now).select_for_update(of=("self",), no_key=True)
        locked = standing.filter(pk=posting.pk).first()
        if locked is None or locked.live_revision_id is None:
            raise NotOpen
        scope = f"report:{locked.public_id}"
        sender = f"account:{reporter.pk}" if reporter else f"address:{address}"
        try:
            with transaction.atomic():
                made = Report.objects.create(
                    posting=locked,
                    revision_id=locked.live_revision_id,
                    category=category,
                    words=words,
                    email=email,
                    reporter=reporter,
                    reporter_key=fingerprint(scope, sender),
                    network_key=fingerprint(scope, f"network:{network_of(address)}"),
                    by_account=reporter is not None and _is_known(reporter, now=now),
                    created_at=now,
                )
        except IntegrityError as error:
            if "report_open_once_a_reporter" not in str(error):
                raise
            raise ReportedAlready from error
        if category in FRAUD:
            _hold_if_enough(locked, now=now)
        risk.reassess_posting_later(posting=locked)
    return made


def _is_known(user: User, *, now: datetime) -> bool:
    """Whether the account is not just made for this, and its address is confirmed."""
    if user.date_joined > now - KNOWN_AFTER:
        return False
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())


def _hold_if_enough(posting: Posting, *, now: datetime) -> None:
    """Hold the posting when enough people report fraud of what it says now. Whose report of the
    same version was dismissed before counts no more."""
    said = posting.reports.of_fraud().filter(revision=posting.live_revision_id)
    heard = said.filter(status=ReportStatus.DISMISSED).values("reporter_key")
    count_by = ("reporter_key", "network_key", "by_account")
    rows = said.open().exclude(reporter_key__in=heard).values_list(*count_by)
    if independent(rows) < (PEOPLE_TO_HOLD_AGAIN if heard.exists() else PEOPLE_TO_HOLD):
        return
    fraud = posting.reports.open().of_fraud()
    categories = sorted(set(fraud.values_list("category", flat=True)))
    details = {"reports": fraud.count(), "categories": categories}
    event = lifecycle.hold(posting=posting, actor=None, now=now, details=details)
    emails.held(posting=posting, event=event)


def independent(rows: Iterable[tuple[str, str, bool]]) -> int:
    """How many people stand behind reports, as far as one can tell without knowing them.

    Each row is `(reporter, network, by a known account)`, see `_is_known`. An account counts as
    one; without an account a network counts as one, and not when an account from there counts
    already. All from a single network count as one together.
    """
    found = list(rows)
    networks = {network for _, network, _ in found}
    if len(networks) < 2:
        return len(networks)
    accounts = {reporter for reporter, _, by_account in found if by_account}
    theirs = {network for _, network, by_account in found if by_account}
    return len(accounts) + len(networks - theirs)


@transaction.atomic
def uphold(
    *,
    posting: Posting,
    reports: Collection[int],
    consequence: Consequence,
    actor: User,
    now: datetime,
    note: str,
    outcome: str = "",
) -> Posting:
    """Find these reports right, draw the consequence, and tell everybody concerned.

    `note` goes to the employer's side, `outcome` to the reporters. Raises DecidedAlready,
    NotPossible.
    """
    locked = _locked(posting)
    decided = _settle(
        locked, reports, ReportStatus.UPHELD, actor, now, outcome, consequence=consequence
    )
    _record(locked, "uphold-reports", decided, actor, now, note)
    try:
        _CONSEQUENCES[consequence](locked, actor, now, note)
    except lifecycle.IllegalMove as refusal:
        raise NotPossible from refusal
    if consequence is Consequence.NONE:
        _release_if_clear(locked, actor, now)
    _tell_reporters(decided)
    return locked


@transaction.atomic
def dismiss(
    *,
    posting: Posting,
    reports: Collection[int],
    actor: User,
    now: datetime,
    note: str = "",
    outcome: str = "",
) -> Posting:
    """Find nothing wrong: a held posting opens again once no report waits. Raises DecidedAlready.

    `note` goes to the employer's side when the posting was held, `outcome` to the reporters.
    """
    locked = _locked(posting)
    decided = _settle(locked, reports, ReportStatus.DISMISSED, actor, now, outcome)
    _record(locked, "dismiss-reports", decided, actor, now, note)
    _release_if_clear(locked, actor, now, note)
    _tell_reporters(decided)
    return locked


def _locked(posting: Posting) -> Posting:
    rows = Posting.objects.select_for_update(of=("self",), no_key=True).select_related("employer")
    return rows.get(pk=posting.pk)


def _settle(
    posting: Posting,
    chosen: Collection[int],
    status: ReportStatus,
    actor: User,
    now: datetime,
    outcome: str,
    consequence: Consequence | None = None,
) -> list[Report]:
    """Move exactly the chosen reports out of open; as they stand now."""
    rows = Report.objects.filter(posting=posting, pk__in=chosen)
    changed = rows.open().update(
        status=status,
        consequence=consequence or "",
        decided_at=now,
        decided_by=actor,
        outcome=outcome,
    )
    if not changed or changed != len(set(chosen)):
        raise DecidedAlready
    risk.reassess_posting_later(posting=posting)
    return list(rows.order_by("pk"))


def _record(
    posting: Posting, verb: str, decided: list[Report], actor: User, now: datetime, note: str
) -> None:
    details = {
        "reports": len(decided),
        "categories": sorted({report.category for report in decided}),
    }
    lifecycle.record(posting=posting, verb=verb, actor=actor, now=now, note=note, details=details)


def _suspend(posting: Posting, actor: User, now: datetime, note: str) -> None:
    moderation.suspend(posting=posting, actor=actor, now=now, note=note)


def _close(posting: Posting, actor: User, now: datetime, note: str) -> None:
    event = lifecycle.remove(posting=posting, actor=actor, now=now, note=note)
    emails.moderated(posting=posting, event=event)


def _send_back(posting: Posting, actor: User, now: datetime, note: str) -> None:
    """Keep the posting from the public until a change to it is approved."""
    if posting.state == PostingState.PUBLISHED:
        event = lifecycle.hold(posting=posting, actor=actor, now=now, note=note)
    elif posting.held_at is not None:
        event = lifecycle.record(
            posting=posting, verb="ask-change", actor=actor, now=now, note=note
        )
    else:
        raise lifecycle.IllegalMove(f"{posting.public_id} is {posting.state}")
    emails.change_asked(posting=posting, event=event)


def _leave(posting: Posting, actor: User, now: datetime, note: str) -> None:
    """Nothing: the posting stays as it is."""


def _release_if_clear(posting: Posting, actor: User, now: datetime, note: str = "") -> None:
    if posting.held_at is None or posting.reports.open().exists():
        return
    moderation.release(posting=posting, actor=actor, now=now, note=note)


def _tell_reporters(decided: list[Report]) -> None:
    for one in decided:
        if one.email:
            emails.report_outcome(report=one)


_CONSEQUENCES: Final[Mapping[Consequence, Callable[[Posting, User, datetime, str], None]]] = {
    Consequence.SUSPEND: _suspend,
    Consequence.CLOSE: _close,
    Consequence.CHANGE: _send_back,
    Consequence.NONE: _leave,
}


def forget_reporters(*, now: datetime) -> int:
    """Blank what leads to reporters 90 days after the decision, and words after three years; how
    many reports lead to nobody now that did before."""
    decided = Report.objects.exclude(status=ReportStatus.OPEN)
    count = decided.filter(decided_at__lt=now - KEEP_REPORTER, forgotten_at__isnull=True).update(
        **_nobody(now)
    )
    decided.filter(decided_at__lt=now - KEEP_WORDS).exclude(words="").update(words="")
    return count


def erase(*, reports: Collection[int], now: datetime) -> int:
    """Blank reporter and words of these reports at once, because somebody asked for it; how many.
    One that waits has to be decided first."""
    decided = Report.objects.filter(pk__in=reports).exclude(status=ReportStatus.OPEN)
    return decided.update(words="", **_nobody(now))


def _nobody(now: datetime) -> dict[str, Any]:
    """The columns that lead to a person, empty."""
    return {
        "email": "",
        "reporter": None,
        "reporter_key": "",
        "network_key": "",
        "forgotten_at": now,
    }
