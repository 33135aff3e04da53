"""The importer's pages: bring, look, say yes, undo; whatever is brought, nothing breaks."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cscareers.core.throttling import Limit
from postings.actions import import_runs
from postings.actions.imports import Outcome, RunOrders, Written, import_line
from postings.actions.postings import save_draft
from postings.enums import ImportStage, PostingState, RevisionState, WorkMode
from postings.importers.uploads import SourceLine
from postings.models import ImportedLine, ImportRun, Posting
from profiles.models import Employer, User
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member
from tests.factories.places import COLUMBUS, reference_rows
from tests.factories.postings import draft_posting
from tests.postings.views.import_world import AD, JOB, confirmed, line, paste, shown, upload, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    reference_rows()
    return make_employer(name="Harbour Telecom")


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


# ---- from the file to the drafts ----


def test_a_file_is_looked_at_line_by_line_and_nothing_is_written(
    client: Client, employer: Employer, owner: User
) -> None:
    lines = [line(), "", "{", line(identifier="A-2", title="Wizard", baseSalary=""), line()]
    answer = upload(client, employer, "\n".join(lines))
    run = ImportRun.objects.get()
    assert answer["Location"] == url(run)
    assert (run.stage, run.actor, run.file_name) == (ImportStage.PREVIEWED, owner, "jobs.jsonl")
    assert (run.total, run.created, run.updated, run.unchanged, run.refused) == (4, 2, 0, 1, 1)
    assert Posting.objects.count() == 0
    rows = run.lines.order_by("number").values_list("number", "outcome", "reason", "title")
    assert list(rows) == [
        (1, "created", "", "Customer Service Manager"),
        (3, "refused", "not_json", ""),
        (4, "created", "", "Wizard"),
        (5, "unchanged", "repeated", "Customer Service Manager"),
    ]
    first = run.lines.get(number=1)
    assert first.understood == [
        ["Level", "Manager"],
        ["Pay", "$65,000–100,000 a year"],
        ["Place", "Columbus, Ohio"],
        ["Way of working", "On site"],
    ]
    assert first.guessed == ["level", "mode"]
    assert "pay_bands" in run.lines.get(number=4).lacking
    page = shown(client, run)
    for words in (
        "Import as 2 drafts",
        "This line is not JSON",
        "An earlier line of this file is the same job",
        "Guessed, for you to check:</b> Level, work mode",
        "Needs before you can submit it:</b> Type of employment, responsibilities, requirements",
    ):
        assert words in page
    assert "Names another employer" not in page


def test_yes_makes_drafts_once_and_forgets_the_text(
    client: Client, employer: Employer, owner: User
) -> None:
    upload(client, employer, "\n".join([line(), line(identifier="A-2"), "{"]))
    run = ImportRun.objects.get()
    assert run.packed is not None
    answer = client.get(url(run))
    key = {"key": str(answer.context["form"]["key"].value())}
    first, second = client.post(url(run, "confirm/"), key), client.post(url(run, "confirm/"), key)
    assert first["Location"] == second["Location"] == url(run)
    client.post(url(run, "confirm/"))
    run.refresh_from_db()
    assert (run.stage, run.packed, run.confirmed_by) == (ImportStage.CONFIRMED, None, owner)
    assert (run.created, run.refused, run.done) == (2, 1, 3)
    drafts = Posting.objects.order_by("pk")
    assert [posting.state for posting in drafts] == [PostingState.DRAFT] * 2
    assert {posting.events.get(verb="create").actor for posting in drafts} == {owner}
    assert [row.posting for row in run.lines.order_by("number")] == [*drafts, None]
    page = shown(client, run)
    assert f"/hire/{employer.slug}/postings/{drafts[0].public_id}/" in page
    assert "Undo this import" in page


def test_a_second_file_changes_what_nobody_has_in_hand(
    client: Client, employer: Employer, owner: User
) -> None:
    files = [[line(), line(identifier="A-2"), line(identifier="A-3")]]
    confirmed(client, employer, *files[0])
    posting = Posting.objects.get(external_identifier="A-2")
    revision = posting.revisions.get()
    content = revision.value.with_(title="Mine")
    save_draft(revision=revision, actor=owner, now=timezone.now(), version=1, content=content)
    new = [line(title="Head of Service", identifier=f"A-{n}") for n in (1, 2)]
    run = confirmed(client, employer, *new, line(identifier="A-3"))
    rows = run.lines.order_by("number").values_list("outcome", "reason")
    assert list(rows) == [("updated", ""), ("unchanged", "in_hand"), ("unchanged", "same")]
    titles = Posting.objects.order_by("external_identifier").values_list("title", flat=True)
    assert list(titles) == ["Head of Service", "Mine", "Customer Service Manager"]


def test_lines_are_filtered_and_shown_in_pages(
    client: Client, employer: Employer, owner: User
) -> None:
    upload(client, employer, "\n".join(["{"] * 60 + [line()]))
    run = ImportRun.objects.get()
    assert shown(client, run).count("Line ") - shown(client, run, "?after=50").count("Line ") == 39
    assert shown(client, run, "?outcome=created").count("<li><div>") == 1
    more = f"{url(run)}?outcome=refused&amp;after=50"
    assert more in shown(client, run, "?outcome=refused")
    assert shown(client, run, "?outcome=x&after=-1").count("<li><div>") == 50


def test_an_ad_of_another_employer_is_named(
    client: Client, employer: Employer, owner: User
) -> None:
    upload(client, employer, line(hiringOrganization="Acme"))
    assert "Names another employer:</b> Acme." in shown(client, ImportRun.objects.get())


@pytest.mark.parametrize(
    ("data", "name", "jobs"),
    [
        (json.dumps([JOB, {**JOB, "identifier": "A-2"}], indent=1), "a.json", 2),
        (json.dumps(JOB, indent=2), "a.json", 1),
        (json.dumps({"@context": "x", "@graph": [{"@type": "Organization"}, JOB]}), "a.json", 1),
        (line() + "\r\n" + line(identifier="B"), "a.txt", 2),
        ("\ufeff" + line(), "a.jsonl", 1),
        (line().encode("utf-16"), "a.jsonl", 1),
        (f'<p>Us</p><SCRIPT type="application/ld+json">{line()}</script>', "a.html", 1),
    ],
)
def test_other_shapes_of_a_file(
    client: Client, employer: Employer, owner: User, data: str | bytes, name: str, jobs: int
) -> None:
    upload(client, employer, data, name)
    run = ImportRun.objects.get()
    assert (run.created, run.total) == (jobs, jobs)


# ---- one ad ----


def test_an_ad_becomes_a_draft_whose_guesses_are_to_be_confirmed(
    client: Client, employer: Employer, owner: User
) -> None:
    paste(client, employer, AD)
    run = ImportRun.objects.get()
    answer = client.post(url(run, "confirm/"))
    posting = Posting.objects.get()
    assert answer["Location"] == f"/hire/{employer.slug}/postings/{posting.public_id}/edit/"
    content = posting.revisions.get().value
    assert (content.title, content.mode) == ("Customer Support Team Lead", WorkMode.HYBRID)
    assert [place.city for place in content.locations] == [COLUMBUS]
    assert content.pay_bands[0].band.annual_max == 55_000
    assert sorted(content.guessed) == [
        "employment",
        "level",
        "locations",
        "mode",
        "pay_bands",
        "text_language",
        "title",
    ]


def test_what_is_given_beside_the_ad_is_no_guess(
    client: Client, employer: Employer, owner: User
) -> None:
    paste(client, employer, "<p>We answer.</p>", title="Agent", place="Columbus, US")
    client.post(url(ImportRun.objects.get(), "confirm/"))
    content = Posting.objects.get().revisions.get().value
    assert (content.title, content.description) == ("Agent", "We answer.")
    assert [place.city for place in content.locations] == [COLUMBUS]
    assert set(content.guessed) == {"level", "mode", "text_language"}


def test_a_pasted_document_is_read_as_one(client: Client, employer: Employer, owner: User) -> None:
    paste(client, employer, json.dumps(JOB, indent=1))
    assert ImportRun.objects.get().lines.get().guessed == ["level", "mode"]


def test_what_an_ad_asks_becomes_rows_to_be_confirmed(
    client: Client, employer: Employer, owner: User
) -> None:
    asks = "Requirements:\n- 3+ years of Zendesk\n- Coaching is a plus\n- No HDI-SCM needed"
    paste(client, employer, f"{AD}\n{asks}")
    run = ImportRun.objects.get()
    line = run.lines.get()
    assert line.understood[-2:] == [
        ["Requirements", "Must have: Zendesk, 3 years"],
        ["Requirements", "Nice to have: Coaching"],
    ]
    assert ("requirements" in line.guessed, "requirements" in line.lacking) == (True, False)
    client.post(url(run, "confirm/"))
    revision = Posting.objects.get().revisions.get()
    rows = [(r.skill, r.importance, r.min_years) for r in revision.value.requirements]
    assert rows == [("zendesk", "must", 3), ("coaching", "nice", None)]
    step = f"/hire/{employer.slug}/postings/{revision.posting.public_id}/edit/requirements/"
    page = client.get(step).content.decode()
    assert page.count("Guessed from the ad: check it") == 2
    assert "From the ad: “3+ years of Zendesk”" in page
    assert "From the ad: “Coaching is a plus”" in page
    client.post(step, page_form(page).send(press=("go", "next")))
    revision.refresh_from_db()
    assert [row.skill for row in revision.value.requirements] == ["zendesk", "coaching"]
    assert "requirements" not in revision.value.guessed


# ---- undo ----


def test_undo_discards_what_is_untouched_and_names_what_stays(
    client: Client, employer: Employer, owner: User
) -> None:
    run = confirmed(client, employer, line(), line(identifier="A-2", title="Mine to keep"))
    mine = Posting.objects.get(external_identifier="A-2")
    revision = mine.revisions.get()
    save_draft(
        revision=revision, actor=owner, now=timezone.now(), version=1, content=revision.value
    )
    asked = client.get(url(run, "undo/")).content.decode()
    assert "1 draft that it made will be discarded." in asked
    assert "1 job stays as it is" in asked
    assert "<li>Mine to keep</li>" in asked
    client.post(url(run, "undo/"))
    run.refresh_from_db()
    assert (run.stage, run.taken_back, run.undone_by) == (ImportStage.UNDONE, 1, owner)
    states = Posting.objects.order_by("pk").values_list("state", "external_identifier")
    assert list(states) == [("closed", ""), ("draft", "A-2")]
    assert "Not taken back: it was changed since." in shown(client, run)
    assert client.get(url(run, "undo/"))["Location"] == url(run)
    again = confirmed(client, employer, line())
    assert (again.created, Posting.objects.count()) == (1, 3)


def test_undo_of_two_imports_one_after_the_other(
    client: Client, employer: Employer, owner: User
) -> None:
    first = confirmed(client, employer, line())
    second = confirmed(client, employer, line(title="Head of Service"))
    assert "Nothing of it can be taken back" in client.get(url(first, "undo/")).content.decode()
    client.post(url(second, "undo/"))
    posting = Posting.objects.get()
    assert (posting.title, posting.state) == ("Customer Service Manager", PostingState.DRAFT)
    assert posting.revisions.get().value.title == "Customer Service Manager"
    client.post(url(first, "undo/"))
    posting.refresh_from_db()
    assert (posting.state, ImportedLine.objects.filter(taken_back=True).count()) == ("closed", 2)


# ---- large ones, and the sweep ----


def test_a_large_file_is_left_to_the_worker(
    client: Client, employer: Employer, owner: User, run_jobs: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(import_runs, "IN_REQUEST", 3)
    monkeypatch.setattr(import_runs, "BATCH", 2)
    lines = [line(identifier=f"A-{n}") for n in range(4)]
    upload(client, employer, "\n".join([*lines, line(identifier="A-0", title="Other")]))
    run = ImportRun.objects.get()
    assert "0 of 5 lines so far" in shown(client, run)
    assert run_jobs() == ["postings.carry_out_import"]
    run.refresh_from_db()
    assert (run.stage, run.created, run.unchanged) == (ImportStage.PREVIEWED, 4, 1)
    client.post(url(run, "confirm/"))
    assert Posting.objects.count() == 0
    assert run_jobs() == ["postings.carry_out_import"]
    assert Posting.objects.count() == 4
    client.post(url(run, "undo/"))
    run_jobs()
    run.refresh_from_db()
    assert (run.stage, run.taken_back) == (ImportStage.UNDONE, 4)


def test_whoever_goes_on_knows_what_was_read_before(
    employer: Employer, owner: User, monkeypatch: Any
) -> None:
    now = timezone.now()
    lines = [SourceLine(n, line(title=f"Manager {n}")) for n in (1, 2)]
    monkeypatch.setattr(import_runs, "IN_REQUEST", 0)
    run = import_runs.begin(employer=employer, actor=owner, now=now, lines=lines, data=b"")
    ImportRun.objects.filter(pk=run.pk).update(done=1, created=1)
    import_runs.carry_out(run_id=run.pk, now=now)
    run.refresh_from_db()
    assert (run.done, run.created, run.unchanged) == (2, 1, 1)


def test_uploads_nobody_confirms_are_dropped_after_a_day(
    client: Client, employer: Employer, owner: User
) -> None:
    upload(client, employer, line())
    run = ImportRun.objects.get()
    assert import_runs.sweep(now=run.created_at + timedelta(hours=23)) == 0
    assert import_runs.sweep(now=run.created_at + timedelta(hours=25)) == 1
    run.refresh_from_db()
    assert (run.stage, run.packed, run.lines.count()) == (ImportStage.DROPPED, None, 0)
    assert "was not imported" in shown(client, run)
    assert client.post(url(run, "confirm/"))["Location"] == url(run)
    assert Posting.objects.count() == 0


def test_what_got_stuck_goes_on(
    employer: Employer, owner: User, run_jobs: Any, monkeypatch: Any
) -> None:
    now = timezone.now()
    monkeypatch.setattr(import_runs, "IN_REQUEST", 0)
    run = import_runs.begin(
        employer=employer, actor=owner, now=now, lines=[SourceLine(1, line())], data=b""
    )
    assert import_runs.sweep(now=now + timedelta(hours=2)) == 0  # its job waits already
    assert run_jobs() == ["postings.carry_out_import"]
    run.refresh_from_db()
    assert run.stage == ImportStage.PREVIEWED


def test_an_upload_can_be_thrown_away(client: Client, employer: Employer, owner: User) -> None:
    upload(client, employer, line())
    run = ImportRun.objects.get()
    assert client.post(url(run, "drop/"))["Location"] == f"/hire/{employer.slug}/imports/"
    assert b"what you uploaded is deleted" in client.get(f"/hire/{employer.slug}/imports/").content
    client.post(url(run, "drop/"))
    run.refresh_from_db()
    assert run.stage == ImportStage.DROPPED


# ---- limits ----


def test_uploads_are_limited(
    client: Client, employer: Employer, owner: User, monkeypatch: Any
) -> None:
    limit = Limit("import-upload", hits=1, per=timedelta(hours=1))
    monkeypatch.setattr(import_runs, "UPLOADS_PER_HOUR", limit)
    assert paste(client, employer, AD).status_code == 302
    answer = paste(client, employer, AD)
    assert answer.status_code == 429
    assert 3_500 < int(answer["Retry-After"]) <= 3_600
    assert "That is a lot at once" in answer.content.decode()
    assert page_form(answer.content).values["text"] == [AD]


def test_pages_ask_the_same_number_of_times(
    client: Client, employer: Employer, owner: User
) -> None:
    found = []
    posting = draft_posting(employer=employer)
    for rows in (1, 3, 50):
        now = timezone.now()
        runs = [
            ImportRun(
                employer=employer,
                actor=owner,
                created_at=now,
                touched_at=now,
                stage=ImportStage.UNDONE,
                total=0,
                size=1,
            )
            for _ in range(rows)
        ]
        run = ImportRun.objects.bulk_create(runs)[-1]
        more = [
            ImportedLine(run=run, number=number + 100, outcome="created", posting=posting)
            for number in range(rows)
        ]
        ImportedLine.objects.bulk_create(more)
        for address in (f"/hire/{employer.slug}/imports/", url(run)):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(address).status_code == 200
            found.append(len(counted))
    assert found == [4, 5] * 3


def test_undo_of_a_change_to_a_live_job_leaves_it_public(
    client: Client, employer: Employer, owner: User
) -> None:
    now = timezone.now()
    orders = RunOrders(publish=True, now=now, employer=employer)
    assert import_line(line=line(), run=orders) == Outcome(Written.CREATED, published=True)
    posting = Posting.objects.get()
    digest = posting.external_digest
    run = confirmed(client, employer, line(baseSalary="$70K - $100K"))
    assert posting.revisions.get(state=RevisionState.DRAFT).author is None
    client.post(url(run, "undo/"))
    posting.refresh_from_db()
    states = posting.revisions.order_by("number").values_list("state", flat=True)
    assert list(states) == [RevisionState.APPROVED, RevisionState.DISCARDED]
    assert posting.is_public(now=now)
    assert (posting.external_identifier, posting.external_digest) == ("A-1", digest)
