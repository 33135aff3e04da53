"""Batches of an import: the same rows as by the ordinary way, and no line spoils another."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postings.actions import imports, lifecycle, moderation
from postings.actions.imports import Line, Report, RunOrders, Written, import_lines
from postings.actions.postings import create_posting, save_draft, start_revision
from postings.enums import Origin
from postings.importers.schema_org import Refusal
from postings.models import (
    Posting,
    PostingEvent,
    PostingLocation,
    PostingPay,
    PostingRevision,
    Requirement,
    SearchDocument,
    TextPrint,
)
from profiles.models import Employer, EmployerEvent
from tests.factories.people import make_employer
from tests.factories.places import reference_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
ABOUT_A_POSTING = (
    PostingEvent,
    PostingLocation,
    PostingPay,
    Requirement,
    SearchDocument,
    TextPrint,
)


@pytest.fixture(autouse=True)
def _places() -> None:
    reference_rows()


def ad(number: int, **changes: Any) -> bytes:
    document = {
        "@type": "JobPosting",
        "title": f"Customer Service Manager {number}",
        "description": f"<p>Lead team {number} of <b>twelve</b>.</p>",
        "identifier": f"A-{number}",
        "hiringOrganization": "Acme",
        "jobLocation": "Columbus, US",
        "baseSalary": f"${60 + number}K - $100K",
        "datePosted": "2026-10-01",
        "experienceRequirements": {"monthsOfExperience": 12 * number},
    }
    return json.dumps({**document, **changes}).encode()


def run(*lines: bytes, now: datetime = NOW, employer: Employer | None = None) -> Report:
    orders = RunOrders(publish=True, now=now, employer=employer, keep_lines=True)
    return import_lines(lines=lines, run=orders, progress=lambda number: None)


def by_hand(lines: list[Line], employer: Employer, *, now: datetime) -> None:
    """What `lines` say, written one by one through the actions for one posting."""
    for line in lines:
        assert line.content is not None
        source = Posting.objects.get(pk=line.posting_id)
        same = {"employer": employer, "external_identifier": source.external_identifier}
        posting = Posting.objects.filter(**same).first()
        if posting is None:
            posting = create_posting(
                actor=None, now=now, content=line.content, origin=Origin.IMPORT, **same
            )
            revision = posting.revisions.get()
        else:
            revision = start_revision(posting=posting, actor=None, now=now, origin=Origin.IMPORT)
            version, content = revision.version, line.content
            save_draft(revision=revision, actor=None, now=now, version=version, content=content)
        Posting.objects.filter(pk=posting.pk).update(
            external_digest=source.external_digest, date_posted=source.date_posted
        )
        if line.published:
            posting.refresh_from_db()
            lifecycle.hand_in(posting=posting, revision=revision, actor=None, now=now)
            moderation.approve(revision=revision, actor=None, now=now, label=imports.LABEL)


def standing(employer: Employer) -> list[dict[str, Any]]:
    """All rows of an employer's postings without keys and random names."""
    keys = {"id", "public_id", "employer_id", "posting_id", "revision_id", "live_revision_id"}

    def bare(rows: Any) -> list[dict[str, Any]]:
        found = [{k: v for k, v in row.items() if k not in keys} for row in rows.values()]
        for row in found:
            # What an undo needs names a revision by its key.
            row.get("details", {}).get("undo", {}).pop("revision", None)
        return found

    return [
        {
            "posting": bare(Posting.objects.filter(pk=posting.pk)),
            "live": posting.live_revision and posting.live_revision.number,
            "revisions": bare(posting.revisions.order_by("number")),
            "of events": list(
                posting.events.order_by("pk").values_list("verb", "revision__number")
            ),
            **{
                model.__name__: bare(model._default_manager.filter(posting=posting).order_by("pk"))
                for model in ABOUT_A_POSTING
            },
        }
        for posting in employer.postings.order_by("external_identifier")
    ]


def test_a_batch_leaves_the_rows_that_single_actions_leave() -> None:
    one, other = make_employer("Acme"), make_employer("Acme")
    first = run(ad(1), ad(2, baseSalary=""), ad(3, jobLocation="Dublin, IE"), employer=one)
    by_hand(first.lines, other, now=NOW)
    assert standing(one) == standing(other)
    second = run(
        ad(1, baseSalary="$70K - $90K", validThrough="2026-12-01"),
        ad(3, jobLocation="Dublin, IE", description="New words."),
        now=LATER,
        employer=one,
    )
    by_hand(second.lines, other, now=LATER)
    assert [line.written for line in second.lines] == [Written.UPDATED] * 2
    rows = standing(one)
    assert rows == standing(other)
    assert [row["live"] for row in rows] == [2, None, 2]
    assert [verb for verb, _ in rows[0]["of events"]] == [
        "create", "submit", "approve", "start-revision", "submit-revision", "approve-revision",
    ]  # fmt: skip
    assert PostingRevision.objects.filter(posting__employer=one).count() == 5


def test_a_batch_takes_as_many_statements_as_a_line() -> None:
    with CaptureQueriesContext(
        connection,
    ) as one:
        run(ad(1))
    with CaptureQueriesContext(connection) as many:
        run(*(ad(number, hiringOrganization=f"New {number}") for number in range(2, 12)))
    assert len(many) == len(one)


def test_a_line_that_cannot_be_written_spoils_no_other() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE FUNCTION no_spoilers() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'spoiler' USING ERRCODE = '22000'; END $$"""
        )
        cursor.execute(
            """CREATE TRIGGER no_spoilers BEFORE INSERT ON postings_posting FOR EACH ROW
               WHEN (NEW.title = 'Spoiler') EXECUTE FUNCTION no_spoilers()"""
        )
    report = run(
        ad(1),
        ad(2, title="Spoiler", hiringOrganization="Nobody"),
        ad(3),
        ad(1, title="Again"),
    )
    assert report.refused == [{"line": 2, "reasons": [Refusal.NOT_STORABLE]}]
    assert (report.counts["created"], report.counts["published"]) == (2, 2)
    assert report.counts["unchanged"] == 1
    assert list(Employer.objects.values_list("name", flat=True)) == ["Acme"]
    assert EmployerEvent.objects.count() == 1


def test_a_batch_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(Exception):
        """The process ends in the middle of the second batch."""

    def dies_at(number: int) -> None:
        if number == 2:
            raise Killed

    monkeypatch.setattr(imports, "BATCH", 2)
    orders = RunOrders(publish=True, now=NOW)
    lines = [ad(number) for number in range(1, 6)]
    with pytest.raises(Killed):
        import_lines(lines=lines, run=orders, progress=dies_at)
    assert Posting.objects.count() == Posting.objects.published(now=NOW).count() == 2
