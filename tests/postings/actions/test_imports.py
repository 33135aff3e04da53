"""Importing: identity, the rule of publishing, repetition, and what people have in hand."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cscareers.core.models import City
from postings.actions import lifecycle
from postings.actions.imports import (
    Change,
    Kept,
    Line,
    Outcome,
    RunOrders,
    Written,
    import_line,
    import_lines,
)
from postings.actions.postings import save_draft, start_revision
from postings.content import Place
from postings.enums import Level, Origin, PostingState, RevisionState, WorkMode
from postings.importers.schema_org import DraftReason, Refusal, Refused
from postings.models import Posting, PostingEvent
from profiles.models import Employer, EmployerEvent
from tests.factories.people import make_employer, make_member
from tests.factories.places import COLUMBUS, reference_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "@type": "JobPosting",
    "title": "Customer Service Manager",
    "description": "<p>Lead a team of <b>twelve</b>.</p>",
    "identifier": {"@type": "PropertyValue", "value": "A-1"},
    "hiringOrganization": {"name": "Acme", "sameAs": "https://acme.test"},
    "jobLocation": "12 Main St, Columbus, US",
    "baseSalary": "$65K - $100K",
    "datePosted": "2026-10-01",
}


@pytest.fixture(autouse=True)
def _places() -> None:
    reference_rows()


def line(**changes: Any) -> str:
    return json.dumps({**WHOLE, **changes})


def put(run: RunOrders | None = None, **changes: Any) -> Outcome | Refused:
    return import_line(line=line(**changes), run=run or RunOrders(publish=True, now=NOW))


def test_a_whole_line_is_published() -> None:
    assert put() == Outcome(Written.CREATED, published=True)
    posting = Posting.objects.published(now=NOW).get()
    assert posting.title == "Customer Service Manager"
    assert posting.first_published_at == posting.confirmed_at == NOW
    assert posting.date_posted == date(2026, 10, 1)
    assert (posting.origin, posting.author, posting.external_identifier) == (
        Origin.IMPORT,
        None,
        "A-1",
    )
    content = posting.live_revision.value
    assert content.level is Level.MANAGER
    assert content.locations == (Place(country="US", city=COLUMBUS),)
    assert content.guessed == ("level", "mode")
    assert posting.document.annual_max == 100_000
    told = posting.events.order_by("pk").values_list("verb", "actor_label")
    assert list(told) == [("create", "system"), ("submit", "system"), ("approve", "import")]
    assert posting.events.get(verb="approve").details == {"label": "import"}


def test_the_employer_is_made_from_the_name_unverified_and_found_again() -> None:
    put()
    employer = Employer.objects.get()
    assert (employer.name, employer.slug, employer.site) == ("Acme", "acme", "https://acme.test")
    assert (employer.imported, employer.verification) == (True, "")
    assert EmployerEvent.objects.get().note == "import"
    put(identifier="A-2", hiringOrganization="ACME")
    assert Employer.objects.get().postings.count() == 2
    put(identifier="A-3", hiringOrganization="Acme!")
    put(identifier="A-4", hiringOrganization="New")
    put(identifier="A-5", hiringOrganization="!")
    slugs = Employer.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["acme", "acme-2", "new-2", "employer"]
    for _ in range(2):
        put(identifier="A-6", hiringOrganization="İstanbul")
    assert Employer.objects.filter(name="İstanbul").count() == 1


def test_a_given_employer_wins_over_the_name() -> None:
    employer = make_employer("Given")
    put(RunOrders(publish=True, now=NOW, employer=employer), hiringOrganization=None)
    assert Posting.objects.get().employer == employer
    assert Employer.objects.count() == 1


def test_without_any_employer_a_line_is_refused() -> None:
    assert put(hiringOrganization=None) == Refused(Refusal.NO_EMPLOYER)
    assert Posting.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"baseSalary": "Competitive"}, DraftReason.NO_PAY),
        ({"title": "Wizard"}, DraftReason.NO_LEVEL),
        ({"jobLocation": "Atlantis"}, DraftReason.NO_PLACE),
        ({"description": ""}, DraftReason.NO_DESCRIPTION),
        ({"validThrough": "2026-11-20"}, DraftReason.OVER),
    ],
)
def test_what_lacks_something_stays_a_draft(changes: dict[str, Any], reason: DraftReason) -> None:
    assert put(**changes) == Outcome(Written.CREATED, reasons=(reason,))
    posting = Posting.objects.get()
    assert posting.state == PostingState.DRAFT
    assert posting.revisions.get().state == RevisionState.DRAFT


def test_without_the_operators_word_everything_stays_a_draft() -> None:
    orders = RunOrders(publish=False, now=NOW)
    assert put(orders) == Outcome(Written.CREATED)
    assert Posting.objects.published(now=NOW).count() == 0
    assert put() == Outcome(Written.UPDATED, published=True)
    assert Posting.objects.published(now=NOW).count() == 1


def test_nothing_of_a_suspended_employer_is_published() -> None:
    make_employer("Acme", suspended_at=NOW)
    assert put() == Outcome(Written.CREATED)
    assert Posting.objects.get().state == PostingState.DRAFT


def test_repeating_a_file_changes_nothing() -> None:
    put()
    events = PostingEvent.objects.count()
    assert put() == Outcome(Written.UNCHANGED)
    assert PostingEvent.objects.count() == events


def test_a_repeated_key_in_one_run_counts_once() -> None:
    run = RunOrders(publish=True, now=NOW)
    assert put(run) == Outcome(Written.CREATED, published=True)
    assert put(run, title="Support Lead") == Outcome(Written.UNCHANGED)
    assert Posting.objects.get().title == "Customer Service Manager"


def test_an_edited_line_is_a_linked_revision_and_confirms() -> None:
    put()
    later = RunOrders(publish=True, now=NOW + timedelta(days=9))
    assert put(later, baseSalary="$70K - $100K") == Outcome(Written.UPDATED, published=True)
    posting = Posting.objects.get()
    assert posting.revisions.count() == 2
    assert posting.document.annual_min == 70_000
    assert (posting.first_published_at, posting.confirmed_at) == (NOW, later.now)


def test_an_edit_that_loses_its_pay_waits_beside_what_is_public() -> None:
    put()
    assert put(baseSalary="OTE") == Outcome(Written.UPDATED, reasons=(DraftReason.NO_PAY,))
    posting = Posting.objects.published(now=NOW).get()
    assert posting.document.annual_min == 65_000
    assert posting.revisions.get(state=RevisionState.DRAFT).value.pay_bands == ()


def test_what_a_person_has_in_hand_is_left_alone() -> None:
    put()
    posting = Posting.objects.get()
    member = make_member(posting.employer)
    start_revision(posting=posting, actor=member, now=NOW)
    assert put(baseSalary="$70K - $100K") == Outcome(Written.UNCHANGED)
    assert posting.revisions.get(state=RevisionState.DRAFT).value.pay_bands[0].band.annual_min == (
        65_000
    )


def test_a_draft_that_somebody_saved_is_left_alone() -> None:
    drafts = RunOrders(publish=False, now=NOW)
    put(drafts)
    posting = Posting.objects.get()
    revision, member = posting.revisions.get(), make_member(posting.employer)
    mine = revision.value.with_(title="Head of Service")
    save_draft(revision=revision, actor=member, now=NOW, version=1, content=mine)
    outcome = put(RunOrders(publish=False, now=NOW), title="Service Director")
    assert (outcome, outcome.kept) == (Outcome(Written.UNCHANGED), Kept.IN_HAND)
    assert posting.revisions.get().value == mine


def test_a_member_who_imports_stands_in_the_history_and_has_nothing_in_hand_by_it() -> None:
    employer = make_employer()
    member = make_member(employer)
    orders = {"publish": False, "now": NOW, "employer": employer, "actor": member}
    first = put(RunOrders(**orders))
    posting = Posting.objects.get()
    revision = posting.revisions.get()
    assert posting.author == posting.events.get(verb="create").actor == member
    assert (first.change, revision.author) == (Change(revision.pk, 1), None)
    second = put(RunOrders(**orders), title="Service Director")
    assert second == Outcome(Written.UPDATED)
    digest = posting.external_digest
    assert second.change == Change(revision.pk, 2, before=first.content, digest=digest)


def test_a_change_that_waited_for_the_operators_word_is_published_with_it() -> None:
    put()
    assert put(RunOrders(publish=False, now=NOW), title="Service Director").published is False
    assert put(title="Service Director") == Outcome(Written.UPDATED, published=True)
    assert Posting.objects.published(now=NOW).get().title == "Service Director"
    assert put(title="Service Director") == Outcome(Written.UNCHANGED)


def test_what_is_over_by_its_date_is_left_alone() -> None:
    put(validThrough="2026-11-25")
    later = RunOrders(publish=True, now=NOW + timedelta(days=10))
    assert put(later, validThrough="2027-01-31") == Outcome(Written.UNCHANGED)
    assert not Posting.objects.published(now=later.now).exists()


def test_what_was_filled_is_not_brought_back() -> None:
    put()
    posting = Posting.objects.get()
    lifecycle.mark_filled(posting=posting, actor=make_member(posting.employer), now=NOW)
    assert put(baseSalary="$70K - $100K") == Outcome(Written.UNCHANGED)


def test_drafts_that_say_the_same_are_told_apart_from_the_first() -> None:
    run = RunOrders(publish=True, now=NOW)
    assert put(run, baseSalary="").reasons == (DraftReason.NO_PAY,)
    second = put(run, baseSalary="", identifier="A-2")
    assert second.reasons == (DraftReason.NO_PAY, DraftReason.DUPLICATE)


def test_a_place_that_several_cities_may_be_is_left_to_the_member() -> None:
    for key, country, people in ((1, "US", 170_000), (2, "US", 150_000), (3, "IE", 2_000)):
        City.objects.create(
            geonames_id=key, name="Fairview", country_id=country, population=people,
            latitude=40, longitude=-80, time_zone="UTC", search_names=["fairview"],
        )  # fmt: skip
    assert put(jobLocation="Fairview") == Outcome(Written.CREATED, reasons=(DraftReason.NO_PLACE,))
    put(identifier="A-2", jobLocation="Fairview, US")
    put(identifier="A-3", jobLocation="Fairview, IE")
    published = Posting.objects.published(now=NOW).order_by("external_identifier")
    found = [posting.live_content.locations for posting in published]
    assert found == [(Place("US"),), (Place("IE", 3),)]


def test_remote_work_may_be_done_where_the_source_says_or_where_the_place_is() -> None:
    put(jobLocation="Columbus, US / Remote (Germany; IE)")
    put(identifier="A-2", jobLocation="Columbus, US / Remote")
    put(identifier="A-3", jobLocation="Remote (US)")
    first, second, third = (p.live_revision.value for p in Posting.objects.order_by("pk"))
    assert first.mode is second.mode is third.mode is WorkMode.REMOTE
    assert first.applicant_countries == ("DE", "IE")
    assert (second.applicant_countries, second.guessed[-1]) == (("US",), "applicant_countries")
    assert (third.applicant_countries, third.locations) == (("US",), ())


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Columbus, US", Place("US", COLUMBUS)),
        ("Columbus, Nowhere, US", Place("US", COLUMBUS)),
        ("1 Dublin Rd, Dublin, Columbus, Nowhere, US", Place("US", COLUMBUS)),
        ("Smallville, US", Place("US")),
        ("Germany", Place("DE")),
        ("DE", Place("DE")),
        ({"address": {"addressLocality": "Dublin", "addressCountry": "IE"}}, Place("IE", 2964574)),
        ({"address": {"addressLocality": "Athlone", "addressCountry": "IE"}}, Place("IE")),
        ({"address": {"addressCountry": {"name": "Poland"}}}, Place("PL")),
    ],
)
def test_a_place_is_a_city_or_else_its_country(place: object, found: Place) -> None:
    put(jobLocation=place)
    assert Posting.objects.get().revisions.get().value.locations == (found,)


def test_a_state_s_code_is_no_country_s() -> None:
    put(jobLocation="Smallville, IL")
    put(identifier="A-2", jobLocation="Smallville, BY, DE")
    found = [p.revisions.get().value.locations for p in Posting.objects.order_by("pk")]
    assert found == [(), (Place("DE"),)]


def test_impossible_dates_are_left_out() -> None:
    put(datePosted="2099-01-01", validThrough="9999-12-31")
    posting = Posting.objects.get()
    assert (posting.date_posted, posting.apply_until) == (None, None)
    assert posting.closes_at == NOW + timedelta(days=60)


def test_a_change_that_waits_for_review_leaves_the_public_date_alone() -> None:
    put()
    employer = Employer.objects.get()
    member = make_member(employer)

    def theirs(**changes: Any) -> date | None:
        put(RunOrders(publish=False, now=NOW, employer=employer, actor=member), **changes)
        return Posting.objects.latest("pk").date_posted

    changed = {"datePosted": "2026-11-20", "title": "Support Manager"}
    assert theirs(**changed) == date(2026, 10, 1)
    # The operator publishes the change that waits, and its date with it.
    assert put(**changed).written is Written.UPDATED
    assert Posting.objects.get().date_posted == date(2026, 11, 20)
    assert theirs(identifier="A-2", datePosted="2026-10-02") == date(2026, 10, 2)
    assert theirs(identifier="A-2", datePosted="2026-10-03") == date(2026, 10, 3)


def test_a_deadline_closes_the_posting_where_the_employer_is() -> None:
    put(validThrough="2026-11-30T17:00:00Z")
    assert Posting.objects.get().closes_at == datetime(2026, 12, 1, 5, tzinfo=UTC)


def test_an_employer_is_where_all_its_jobs_are() -> None:
    there, elsewhere = line(), line(identifier="A-2", jobLocation="Dublin, IE")
    irish = line(identifier="B", hiringOrganization="Bee", jobLocation="Dublin, IE")
    run = RunOrders(publish=True, now=NOW)
    lines = [text.encode() for text in (there, elsewhere, irish)]
    import_lines(lines=lines, run=run, progress=lambda number: None)
    put(identifier="C", hiringOrganization="Cee")
    found = Employer.objects.order_by("pk").values_list("name", "country", "time_zone")
    assert list(found) == [
        ("Acme", None, "UTC"),
        ("Bee", "IE", "Europe/Dublin"),
        ("Cee", "US", "America/New_York"),
    ]


def test_the_report_accounts_for_each_line() -> None:
    lines = [line(), "", "{", line(identifier="A-2", baseSalary=""), line(), "  ", line(title="")]
    report = import_lines(
        lines=[text.encode() for text in lines],
        run=RunOrders(publish=True, now=NOW),
        progress=lambda number: None,
    )
    assert report.to_json() == {
        "read": 5,
        "created": 2,
        "updated": 0,
        "unchanged": 1,
        "drafts": 1,
        "published": 1,
        "draft_reasons": {
            "no_pay": 1,
            "no_level": 0,
            "no_place": 0,
            "no_description": 0,
            "over": 0,
            "duplicate": 0,
        },
        "refused": [
            {"line": 3, "reasons": ["not_json"]},
            {"line": 7, "reasons": ["no_title"]},
        ],
    }


def test_the_report_says_of_each_line_what_became_of_it_if_asked() -> None:
    lines = [line(), "{", line(identifier="A-2", baseSalary=""), line()]
    run = RunOrders(publish=True, now=NOW, keep_lines=True)
    report = import_lines(lines=[t.encode() for t in lines], run=run, progress=lambda number: None)
    whole, draft = Posting.objects.order_by("pk")
    about: dict[str, Any] = {"title": WHOLE["title"], "employer": "Acme"}
    about["guessed"] = ("level", "mode")
    assert report.lines == [
        Line(1, written=Written.CREATED, published=True, posting_id=whole.pk, **about),
        Line(2, refusal=Refusal.NOT_JSON),
        Line(
            3,
            written=Written.CREATED,
            reasons=(DraftReason.NO_PAY,),
            posting_id=draft.pk,
            **about,
        ),
        Line(4, written=Written.UNCHANGED, title=WHOLE["title"], employer="Acme"),
    ]


def run_command(path: Path, *arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_postings", str(path), *arguments, stdout=out, stderr=StringIO())
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def test_the_command_prints_the_report_alone_and_can_try_without_writing(tmp_path: Path) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text("\ufeff" + line() + "\n" + line(identifier="A-2") + "\n", encoding="utf-8")
    tried = run_command(file, "--publish", "--dry-run")
    assert (Posting.objects.count(), Employer.objects.count()) == (0, 0)
    assert run_command(file, "--publish") == tried
    assert (tried["read"], tried["published"]) == (2, 2)
    again = run_command(file, "--publish")
    assert (again["created"], again["unchanged"], again["published"]) == (0, 2, 0)


def test_the_command_takes_an_employer_and_names_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text(line(hiringOrganization=None), encoding="utf-8")
    employer = make_employer()
    assert run_command(file, "--employer", employer.slug)["drafts"] == 1
    with pytest.raises(CommandError, match="no employer with the slug 'x'"):
        run_command(file, "--employer", "x")
    for missing in (tmp_path / "missing", tmp_path):
        with pytest.raises(CommandError, match="can't be read") as error:
            run_command(missing)
        assert error.value.returncode == 2
