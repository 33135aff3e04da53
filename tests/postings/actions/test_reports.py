"""Reports by readers: kept once, without an address; many pause; a moderator decides."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import DatabaseError, connection, transaction

from cscareers.core.models import OutgoingMail, RateLimit
from cscareers.core.throttling import TooMany
from postings.actions import lifecycle, moderation, reports
from postings.actions.offers import offered
from postings.actions.postings import save_draft, start_revision
from postings.enums import Consequence, PostingState, ReportCategory, ReportStatus
from postings.models import Posting, Report
from profiles.models import User
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=1)
FAKE, PAY, OVER = ReportCategory.FAKE, ReportCategory.PAY_MISLEADING, ReportCategory.OVER


@pytest.fixture
def posting() -> Posting:
    employer = make_employer()
    made = published_posting(employer=employer, author=make_member(employer), now=NOW)
    OutgoingMail.objects.all().delete()
    return made


@pytest.fixture
def moderator() -> User:
    return make_moderator(name="Mo")


def account(*, days: int = 30) -> User:
    user = make_user()
    user.date_joined = NOW - timedelta(days=days)
    user.save(update_fields=["date_joined"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def tell(posting: Posting, address: str = "192.0.2.7", **changes: object) -> Report:
    values = {
        "category": FAKE,
        "words": "",
        "email": "",
        "reporter": None,
        "now": NOW,
        **changes,
    }
    return reports.report(posting=posting, address=address, **values)


def held(posting: Posting) -> list[Report]:
    """The posting, paused by three readers of three networks."""
    told = [
        tell(posting, f"192.0.{number}.1", email=f"reader{number}@example.test")
        for number in range(3)
    ]
    posting.refresh_from_db()
    assert posting.held_at == NOW
    return told


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "subject"))


def open_ones(posting: Posting) -> list[int]:
    return list(posting.reports.open().order_by("pk").values_list("pk", flat=True))


# --- reporting ----------------------------------------------------------------------------


def test_a_report_keeps_what_was_said_of_which_version(posting: Posting) -> None:
    made = tell(posting, category=PAY, words="It pays half.", email="ada@example.test")
    row = Report.objects.get()
    assert (row.pk, row.category, row.words, row.email) == (
        made.pk,
        "pay-misleading",
        "It pays half.",
        "ada@example.test",
    )
    assert (row.revision, row.status, row.created_at) == (posting.live_revision, "open", NOW)
    assert (row.reporter, row.by_account) == (None, False)
    assert Report.objects.open().counts([posting.pk, 0]) == {posting.pk: 1}


def test_no_address_is_kept_anywhere(posting: Posting) -> None:
    for address in ("203.0.113.77", "2001:db8:77:1::9"):
        tell(posting, address, reporter=account())
        tell(posting, address, category=PAY, email="ada@example.test")
    tables = [name for name in connection.introspection.table_names() if name[:3] != "pg_"]
    assert "core_ratelimit" in tables
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ~ %s', [  # noqa: S608
                r"203\.0\.113|2001:db8:77"
            ])  # fmt: skip
            assert cursor.fetchone() == (0,), table
    keys = Report.objects.values_list("reporter_key", flat=True)
    assert (len(set(keys)), {len(key) for key in keys}) == (4, {64})


def test_hashes_of_one_reader_differ_between_postings(posting: Posting) -> None:
    other = published_posting(now=NOW)
    here, there = tell(posting), tell(other)
    assert here.reporter_key != there.reporter_key
    assert here.network_key != there.network_key


def test_one_open_report_a_reader(posting: Posting) -> None:
    tell(posting, category=OVER)
    with pytest.raises(reports.ReportedAlready):
        tell(posting, category=PAY)
    # An account there is somebody else.
    person = account()
    tell(posting, reporter=person)
    with pytest.raises(reports.ReportedAlready):
        tell(posting, "198.51.100.1", reporter=person)
    assert posting.reports.count() == 2


def test_what_is_not_public_is_not_reported(posting: Posting) -> None:
    lifecycle.pause(posting=posting, actor=None, now=NOW)
    with pytest.raises(reports.NotOpen):
        tell(posting)
    with pytest.raises(reports.NotOpen):
        tell(published_posting(now=NOW - timedelta(days=61)))


def test_something_else_needs_words(posting: Posting) -> None:
    with pytest.raises(reports.WordsNeeded):
        tell(posting, category=ReportCategory.OTHER)


def test_a_network_sends_ten_an_hour() -> None:
    employer = make_employer()
    postings = [published_posting(employer=employer, now=NOW) for _ in range(11)]
    for number, one in enumerate(postings[:10]):
        tell(one, f"192.0.2.{number}", category=OVER)
    with pytest.raises(TooMany) as refused:
        tell(postings[10], category=OVER)
    assert refused.value.retry_after == 3600
    tell(postings[10], "198.51.100.1", category=OVER)


def test_a_posting_takes_forty_reports_a_day(posting: Posting) -> None:
    key = f"{reports.BY_POSTING.name}:{posting.public_id}"
    RateLimit.objects.create(key=key, window_start=NOW, hits=40)
    with pytest.raises(TooMany):
        tell(posting)


# --- holding ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ([], 0),
        ([("a", "n1", False)], 1),
        ([("a", "n1", False), ("b", "n2", False), ("c", "n3", False)], 3),
        # One network is one voice without accounts …
        ([("a", "n1", False), ("b", "n1", False), ("c", "n2", False)], 2),
        # … accounts count by themselves, but not all from one place …
        ([("a", "n1", True), ("b", "n1", True), ("c", "n1", True)], 1),
        ([("a", "n1", True), ("b", "n1", True), ("c", "n2", True)], 3),
        # … and a network with an account does not count once more.
        ([("a", "n1", True), ("b", "n1", False), ("c", "n2", False)], 2),
    ],
)
def test_how_many_people_stand_behind_reports(
    rows: list[tuple[str, str, bool]], people: int
) -> None:
    assert reports.independent(rows) == people


def test_three_people_who_report_fraud_pause_the_posting(posting: Posting) -> None:
    for number, category in enumerate(("fake", "asks-payment")):
        tell(posting, f"192.0.{number}.1", category=ReportCategory(category))
    tell(posting, "192.0.9.1", category=PAY)
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
    tell(posting, "192.0.3.1", category=ReportCategory.ASKS_BANK_DETAILS, now=LATER)
    posting.refresh_from_db()
    assert (posting.state, posting.held_at) == (PostingState.PAUSED, LATER)
    assert not Posting.objects.published(now=LATER).exists()
    event = posting.events.latest("pk")
    assert (event.verb, event.actor, event.actor_label) == ("hold", None, "reports")
    assert event.details == {
        "reports": 3,
        "categories": ["asks-bank-details", "asks-payment", "fake"],
    }
    [(recipient, subject)] = mails()
    assert (recipient, subject) == (posting.author.email, f"Paused for a check: {posting.title}")


def test_the_same_people_do_not_pause_it_again_after_a_dismissal(
    posting: Posting, moderator: User
) -> None:
    held(posting)
    reports.dismiss(posting=posting, reports=open_ones(posting), actor=moderator, now=NOW)
    for number in range(3):
        tell(posting, f"192.0.{number}.1", now=LATER)
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
    # Three others are not enough any more: a moderator has read what it says.
    for number in range(5):
        tell(posting, f"198.51.{number}.1", now=LATER)
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
    tell(posting, "198.51.5.1", now=LATER)
    posting.refresh_from_db()
    assert posting.state == PostingState.PAUSED


def test_an_account_made_for_the_occasion_is_no_person_of_its_own(posting: Posting) -> None:
    told = [tell(posting, reporter=account(days=6)) for _ in range(3)]
    told.append(tell(posting, "198.51.100.1", reporter=account(days=7)))
    assert [one.by_account for one in told] == [False, False, False, True]
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED


def test_the_owner_can_not_open_what_is_held(posting: Posting) -> None:
    stale = Posting.objects.get(pk=posting.pk)
    lifecycle.pause(posting=stale, actor=posting.author, now=NOW)
    lifecycle.resume(posting=posting_now(posting), actor=posting.author, now=NOW)
    held(posting)
    assert "resume" not in offered(posting, None, now=NOW)
    for row in (posting, stale):
        with pytest.raises(lifecycle.Held):
            lifecycle.resume(posting=row, actor=posting.author, now=LATER)
    posting.refresh_from_db()
    assert (posting.state, posting.held_at) == (PostingState.PAUSED, NOW)


def posting_now(posting: Posting) -> Posting:
    return Posting.objects.get(pk=posting.pk)


def test_no_open_posting_is_held(posting: Posting) -> None:
    held(posting)
    raw = "UPDATE postings_posting SET state = 'published' WHERE id = %s"
    refused = pytest.raises(DatabaseError, match="posting_held_is_paused")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(raw, [posting.pk])


@pytest.mark.parametrize(("verb", "state"), [("mark_filled", "filled"), ("close", "closed")])
def test_the_owner_may_end_what_is_held(posting: Posting, verb: str, state: str) -> None:
    held(posting)
    getattr(lifecycle, verb)(posting=posting, actor=posting.author, now=LATER)
    posting.refresh_from_db()
    assert (posting.state, posting.held_at) == (state, None)


# --- deciding -----------------------------------------------------------------------------


def test_nothing_wrong_opens_a_held_posting_and_tells_everybody(
    posting: Posting, moderator: User
) -> None:
    told = held(posting)
    OutgoingMail.objects.all().delete()
    reports.dismiss(
        posting=posting,
        reports=open_ones(posting),
        actor=moderator,
        now=LATER,
        outcome="The company is real.",
    )
    posting.refresh_from_db()
    assert (posting.state, posting.held_at) == (PostingState.PUBLISHED, None)
    assert posting.is_public(now=LATER)
    rows = Report.objects.values_list("status", "decided_by", "decided_at", "outcome").distinct()
    assert list(rows) == [("dismissed", moderator.pk, LATER, "The company is real.")]
    assert list(posting.events.order_by("-pk").values_list("verb", "actor_label")[:2]) == [
        ("release", "Mo"),
        ("dismiss-reports", "Mo"),
    ]
    title = posting.title
    assert mails() == [
        (posting.author.email, f"Open again: {title}"),
        *((one.email, f"Your report: {title}") for one in told),
    ]
    text = OutgoingMail.objects.latest("pk").text
    assert ("found nothing against our rules" in text, "The company is real." in text) == (1, 1)
    assert ("Mo" in text.replace("Moderator", ""), moderator.email in text) == (False, False)


def test_a_held_posting_waits_for_the_last_report(posting: Posting, moderator: User) -> None:
    first, *others = [one.pk for one in held(posting)]
    reports.dismiss(posting=posting, reports=others, actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert posting.held_at == NOW
    reports.dismiss(posting=posting, reports=[first], actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert (posting.held_at, posting.state) == (None, PostingState.PUBLISHED)


@pytest.mark.parametrize("was_held", [True, False])
@pytest.mark.parametrize(
    ("consequence", "state", "subject"),
    [
        (Consequence.SUSPEND, "suspended", "Suspended"),
        (Consequence.CLOSE, "closed", "Closed by us"),
        (Consequence.CHANGE, "paused", "Please change"),
    ],
)
def test_right_reports_have_consequences(
    posting: Posting,
    moderator: User,
    was_held: bool,
    consequence: Consequence,
    state: str,
    subject: str,
) -> None:
    if was_held:
        held(posting)
    else:
        tell(posting, email="ada@example.test")
    OutgoingMail.objects.all().delete()
    reports.uphold(
        posting=posting,
        reports=open_ones(posting),
        consequence=consequence,
        actor=moderator,
        now=LATER,
        note="It asks for money.",
    )
    posting.refresh_from_db()
    assert (posting.state, posting.held_at is None) == (state, consequence != Consequence.CHANGE)
    assert set(Report.objects.values_list("status", "consequence")) == {
        (ReportStatus.UPHELD, consequence)
    }
    assert mails()[0] == (posting.author.email, f"{subject}: {posting.title}")
    assert len(mails()) == 1 + Report.objects.count()
    assert "It asks for money." in OutgoingMail.objects.earliest("pk").text
    assert "It asks for money." not in OutgoingMail.objects.latest("pk").text


def test_what_was_sent_back_opens_with_its_change(posting: Posting, moderator: User) -> None:
    tell(posting)
    reports.uphold(
        posting=posting,
        reports=open_ones(posting),
        consequence=Consequence.CHANGE,
        actor=moderator,
        now=NOW,
        note="Name the pay.",
    )
    posting.refresh_from_db()
    author = posting.author
    revision = start_revision(posting=posting, actor=author, now=LATER)
    content = revision.value.with_(title="Head of Service")
    save_draft(revision=revision, actor=author, now=LATER, version=1, content=content)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=LATER)
    moderation.approve(revision=revision, actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert (posting.state, posting.held_at, posting.title) == (
        PostingState.PUBLISHED,
        None,
        "Head of Service",
    )


def test_a_change_to_what_waits_for_a_decision_opens_nothing(
    posting: Posting, moderator: User
) -> None:
    held(posting)
    revision = start_revision(posting=posting, actor=posting.author, now=LATER)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=posting.author, now=LATER)
    moderation.approve(revision=revision, actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert (posting.state, posting.held_at) == (PostingState.PAUSED, NOW)


def test_what_was_held_then_suspended_is_public_when_reinstated(
    posting: Posting, moderator: User
) -> None:
    held(posting)
    moderation.suspend(posting=posting, actor=moderator, now=NOW, note="x")
    moderation.reinstate(posting=posting, actor=moderator, now=LATER)
    assert posting_now(posting).is_public(now=LATER)


def test_reports_of_what_is_over_have_no_more_consequence(
    posting: Posting, moderator: User
) -> None:
    tell(posting)
    lifecycle.close(posting=posting, actor=posting.author, now=NOW)
    decision = {
        "posting": posting,
        "reports": open_ones(posting),
        "actor": moderator,
        "now": LATER,
        "note": "x",
    }
    for consequence in (Consequence.SUSPEND, Consequence.CLOSE, Consequence.CHANGE):
        with pytest.raises(reports.NotPossible):
            reports.uphold(consequence=consequence, **decision)
    assert posting.reports.open().count() == 1
    reports.uphold(consequence=Consequence.NONE, **decision)
    assert posting.reports.get().consequence == "none"


def test_what_was_decided_is_not_decided_again(posting: Posting, moderator: User) -> None:
    tell(posting)
    chosen = open_ones(posting)
    reports.dismiss(posting=posting, reports=chosen, actor=moderator, now=NOW)
    for again in (chosen, [], [0]):
        with pytest.raises(reports.DecidedAlready):
            reports.dismiss(posting=posting, reports=again, actor=moderator, now=LATER)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Report.objects.update(status="upheld", consequence="none")
    assert posting.events.filter(verb="dismiss-reports").count() == 1


# --- forgetting ---------------------------------------------------------------------------


def test_reporters_are_forgotten_90_days_after_the_decision(
    posting: Posting, moderator: User
) -> None:
    tell(posting, email="ada@example.test", reporter=account(), words="Asked me for $40.")
    waiting = tell(posting, "198.51.100.1", category=OVER)
    row = Report.objects.earliest("pk")
    reports.dismiss(posting=posting, reports=[row.pk], actor=moderator, now=NOW)
    assert reports.forget_reporters(now=NOW + timedelta(days=90)) == 0
    assert reports.forget_reporters(now=NOW + timedelta(days=91)) == 1
    assert reports.forget_reporters(now=NOW + timedelta(days=92)) == 0
    row.refresh_from_db()
    kept = (row.email, row.reporter, row.reporter_key, row.network_key, row.words)
    assert kept == ("", None, "", "", "Asked me for $40.")
    reports.forget_reporters(now=NOW + timedelta(days=3 * 365 + 1))
    row.refresh_from_db()
    waiting.refresh_from_db()
    assert (row.words, waiting.reporter_key != "") == ("", True)


def test_what_somebody_wants_erased_is_erased_once_decided(
    posting: Posting, moderator: User
) -> None:
    one = tell(posting, category=ReportCategory.OTHER, words="My name is Ada.", email="a@b.test")
    assert reports.erase(reports=[one.pk], now=LATER) == 0
    reports.dismiss(posting=posting, reports=[one.pk], actor=moderator, now=NOW)
    assert reports.erase(reports=[one.pk], now=LATER) == 1
    one.refresh_from_db()
    assert (one.words, one.email, one.reporter_key, one.forgotten_at) == ("", "", "", LATER)
