"""From the page of a job to an application that was sent, as a browser without script does it."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cscareers.core.models import OutgoingMail
from postings.content import RequirementRow
from postings.enums import Cefr, Importance, RequirementKind
from postings.hiring.actions import applications, drafts
from postings.hiring.engines.frozen import Parcel, parcel_of
from postings.hiring.engines.sent import sent_of
from postings.hiring.models import Application, ApplicationDraft
from postings.models import Posting
from profiles.actions.candidates import put_skill
from profiles.models import Skill, User
from tests.browserless import page_form
from tests.factories.applications import make_application, make_draft, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_member, make_user
from tests.factories.postings import asks, published_posting

pytestmark = pytest.mark.django_db
K, MUST = RequirementKind, Importance.MUST
SPANISH = RequirementRow("es", K.LANGUAGE, MUST, language="es", min_cefr=Cefr.B2)


@pytest.fixture
def posting() -> Posting:
    rows = (asks("complaint-handling", 1, min_level=3), SPANISH)
    return open_posting(requirements=rows, questions=("Why us?", "When?"))


@pytest.fixture
def person() -> User:
    user = make_user(name="Ines Ruiz")
    make_candidate(user, skills={"complaint-handling": 3}, pay_floor=90000, pay_currency="USD")
    return user


def url_of(posting: Posting, step: str = "") -> str:
    return f"{posting.get_absolute_url()}apply/{step}"


def press(client: Client, url: str, **typed: Any) -> HttpResponse:
    """The answer to the form that stands at `url`, filled in like this."""
    form = page_form(client.get(url).content)
    return client.post(url, form.send(**typed))


def statuses(client: Client, posting: Posting) -> dict[str, str]:
    """The rows of the match as the last step shows them."""
    said = client.get(url_of(posting, "check/")).context["sent"]
    return {row.name: row.status for row in said.match.rows}


def begin(client: Client, posting: Posting, person: User | None = None) -> None:
    if person is not None:
        client.force_login(person)
    answer = press(client, url_of(posting))
    assert answer["Location"] == url_of(posting, "requirements/")


def test_three_steps_and_the_employer_gets_what_was_shown(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    asked = page_form(client.get(url_of(posting, "requirements/")).content)
    # What the profile says is not asked again.
    assert {name for name in asked.values if name.startswith("ask-")} == {
        "ask-es-cefr",
        "ask-es-why",
    }
    answer = press(
        client, url_of(posting, "requirements/"), ask__es__cefr="no", ask__es__why="I learn it."
    )
    assert answer["Location"] == url_of(posting, "message/")
    answer = press(client, url_of(posting, "message/"), reply__1="Because.", note=" Hello ")
    assert answer["Location"] == url_of(posting, "check/")

    shown = client.get(url_of(posting, "check/"))
    seen = shown.context["sent"]
    answer = client.post(url_of(posting, "check/"), page_form(shown.content).send())
    assert answer["Location"] == url_of(posting, "sent/")
    sent = Application.objects.get()
    assert sent_of(sent.copy) == seen
    told = json.loads(sent.copy.explanation)
    rows = {row["requirement"]["id"]: row["status"] for row in told["rows"]}
    assert rows == {"r1": "met", "es": "missing"}
    assert sent.copy.answers == [
        {"requirement": "es", "name": "Spanish", "held": False, "why": "I learn it."}
    ]
    assert sent.copy.questions == [{"question": "Why us?", "answer": "Because."}]
    assert (sent.copy.name, sent.copy.note) == ("Ines Ruiz", "Hello")
    assert "90000" not in sent.copy.resume + sent.copy.explanation
    assert not ApplicationDraft.objects.exists()
    page = client.get(url_of(posting, "sent/")).content.decode()
    assert f"/me/applications/{sent.public_id}/" in page


def test_the_employer_reads_a_no_as_missing_not_as_unknown(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    press(client, url_of(posting, "requirements/"), ask__es__cefr="no")
    assert statuses(client, posting) == {"Complaint handling": "met", "Spanish": "missing"}
    said = client.get(url_of(posting, "check/")).context["sent"]
    assert [(one.name, one.words) for one in said.answers] == [("Spanish", "No")]


def test_a_step_left_open_changes_nothing(client: Client, posting: Posting, person: User) -> None:
    begin(client, posting, person)
    press(client, url_of(posting, "requirements/"))
    draft = ApplicationDraft.objects.get()
    assert (draft.answers, draft.keep_answers, draft.version) == ({}, True, 2)
    assert statuses(client, posting) == {"Complaint handling": "met", "Spanish": "unknown"}


@pytest.mark.parametrize("keeps", [True, False])
def test_answers_go_into_the_profile_when_the_candidate_keeps_them(
    client: Client, posting: Posting, person: User, keeps: bool
) -> None:
    draft = make_draft(
        posting, person, keep_answers=keeps,
        answers={
            "es": {"held": True, "cefr": "B2"},
            "r1": {"held": True, "level": 4, "years": "5/2"},
        },
    )  # fmt: skip
    now = datetime.now(UTC)
    seen = parcel(draft, person).digest
    drafts.send(draft=draft, candidate=person, seen=seen, now=now)
    profile = person.candidate
    spoken = list(profile.languages.values_list("code", "cefr"))
    skill = profile.skills.values_list("level", "years").get()
    assert spoken == ([("es", "B2")] if keeps else [])
    assert skill == ((4, Decimal("2.5")) if keeps else (3, None))


def parcel(draft: ApplicationDraft, person: User) -> Parcel:
    """What would go out now."""
    return parcel_of(draft, person, draft.posting, now=datetime.now(UTC))


def test_a_click_that_arrives_twice_sends_one(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    form = page_form(client.get(url_of(posting, "check/")).content).send()
    places = [client.post(url_of(posting, "check/"), form)["Location"] for _ in range(2)]
    assert places == [url_of(posting, "sent/")] * 2
    assert Application.objects.count() == 1
    assert OutgoingMail.objects.filter(recipient=person.email).count() == 1


def test_what_changed_after_the_look_is_shown_again_before_it_goes_out(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    form = page_form(client.get(url_of(posting, "check/")).content).send()
    skill = Skill.objects.get(slug="complaint-handling")
    put_skill(profile=person.candidate, skill=skill, values={"level": 1}, now=datetime.now(UTC))
    answer = client.post(url_of(posting, "check/"), form, follow=True)
    assert answer.redirect_chain == [(url_of(posting, "check/"), 302)]
    assert "Something changed since you opened the page" in answer.content.decode()
    assert not Application.objects.exists()
    again = client.post(url_of(posting, "check/"), page_form(answer.content).send())
    assert again["Location"] == url_of(posting, "sent/")


def test_two_tabs_can_not_overwrite_each_other(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    url = url_of(posting, "message/")
    mine, theirs = (page_form(client.get(url).content) for _ in range(2))
    assert client.post(url, theirs.send(note="The other tab.")).status_code == 302
    clash = client.post(url, mine.send(note="This tab."))
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "The other tab." in page
    assert page_form(clash.content).values["note"] == ["This tab."]
    assert ApplicationDraft.objects.get().note == "The other tab."
    assert client.post(url, page_form(clash.content).send()).status_code == 302
    assert ApplicationDraft.objects.get().note == "This tab."
    # The same words saved twice are no clash.
    assert client.post(url, mine.send(note="This tab.")).status_code == 302


def test_answers_of_two_tabs_clash_as_well(client: Client, posting: Posting, person: User) -> None:
    begin(client, posting, person)
    url = url_of(posting, "requirements/")
    mine, theirs = (page_form(client.get(url).content) for _ in range(2))
    client.post(url, theirs.send(ask__es__cefr="C1"))
    clash = client.post(url, mine.send(ask__es__cefr="no", ask__es__why="Not yet."))
    assert clash.status_code == 409
    assert clash.context["theirs"] == [("Spanish", "C1 – fluent, also in writing")]
    assert page_form(clash.content).values["ask-es-why"] == ["Not yet."]


def test_a_draft_that_went_out_in_another_tab(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    form = page_form(client.get(url_of(posting, "message/")).content).send(note="Late.")
    press(client, url_of(posting, "check/"))
    for step in ("requirements/", "message/", "check/"):
        assert client.post(url_of(posting, step), form)["Location"] == url_of(posting)
    page = client.get(url_of(posting)).content.decode()
    assert "You applied for this job" in page
    assert f"/me/applications/{Application.objects.get().public_id}/" in page


def test_what_can_not_be_kept_stays_in_its_field(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    wrong = {
        "requirements/": {"ask-es-cefr": "D9", "ask-es-why": "x" * 301},
        "message/": {"note": "x" * 2001, "reply-1": "x" * 1001},
    }
    for step, typed in wrong.items():
        answer = client.post(url_of(posting, step), {"version": "1", **typed})
        assert answer.status_code == 200
        assert "There are 2 problems" in answer.content.decode()
        kept = page_form(answer.content).values
        long = {name: text for name, text in typed.items() if text.startswith("x")}
        assert {name: kept[name] for name in long} == {name: [long[name]] for name in long}
    assert ApplicationDraft.objects.get().version == 1


def test_torn_forms_are_answered(client: Client, posting: Posting, person: User) -> None:
    begin(client, posting, person)
    torn = ({}, {"version": "x"}, {"version": "9" * 40}, {"key": "no uuid", "seen": "é"},
            {"note": "\0"})  # fmt: skip
    for step in ("requirements/", "message/", "check/"):
        answers = [client.post(url_of(posting, step), sent).status_code for sent in torn]
        assert set(answers) <= {200, 302, 409}
    assert not Application.objects.exists()


def test_whoever_works_there_can_not_apply(client: Client, posting: Posting) -> None:
    client.force_login(make_member(posting.employer))
    assert "can’t apply for its jobs" in client.get(url_of(posting)).content.decode()
    assert client.post(url_of(posting)).status_code == 200
    assert not ApplicationDraft.objects.exists()


def test_steps_without_a_draft_lead_to_the_start(client: Client, posting: Posting) -> None:
    for step in ("requirements/", "message/", "check/", "sent/", "file/", "discard/"):
        assert client.get(url_of(posting, step))["Location"] == url_of(posting)


def test_a_draft_is_thrown_away_after_a_question(
    client: Client, posting: Posting, person: User
) -> None:
    begin(client, posting, person)
    assert "Throw this draft away?" in client.get(url_of(posting, "discard/")).content.decode()
    assert ApplicationDraft.objects.count() == 1
    client.post(url_of(posting, "discard/"))
    assert ApplicationDraft.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_each_step_takes_as_many_queries_for_many_rows(
    client: Client, django_assert_num_queries: Any, person: User, rows: int
) -> None:
    asked = (asks("coaching", 2, min_level=3), asks("zendesk", 3), SPANISH)
    posting = open_posting(requirements=asked[:rows], questions=("Why?", "When?", "How?")[:rows])
    begin(client, posting, person)
    for step, queries in (("requirements/", 11), ("message/", 7), ("check/", 21)):
        with django_assert_num_queries(queries):
            assert client.get(url_of(posting, step)).status_code == 200


def test_withdrawn_is_no_obstacle(client: Client, posting: Posting, person: User) -> None:
    sent = make_application(posting, candidate=person)
    applications.withdraw(application=sent, actor=person, now=datetime.now(UTC))
    begin(client, posting, person)
    assert press(client, url_of(posting, "check/"))["Location"] == url_of(posting, "sent/")
    assert Application.objects.count() == 2


def test_the_receipt_says_all_that_was_sent(client: Client, posting: Posting, person: User) -> None:
    begin(client, posting, person)
    press(client, url_of(posting, "requirements/"), ask__es__cefr="no", ask__es__why="I learn it.")
    press(client, url_of(posting, "message/"), reply__1="Because.", note="Hello\nyou")
    press(client, url_of(posting, "check/"))
    text = OutgoingMail.objects.get(recipient=person.email).text
    for words in (
        "- Spanish (Must have · B2): missing. You said that you don’t",
        "- Spanish: No. I learn it.",
        "Why us?\n\n> Because.",
        "> Hello\n> you",
        "version 1 of the job",
        "by version 1.4 of our rules",
        "- Complaint handling, Level 3, advanced",
    ):
        assert words in text, text


def test_years_of_work_are_asked_once_however_many_rows_ask(client: Client, person: User) -> None:
    rows = tuple(
        RequirementRow(f"x{years}", K.EXPERIENCE, MUST, name=f"Work {years}", min_years=years)
        for years in (2, 5)
    )
    posting = open_posting(requirements=rows)
    begin(client, posting, person)
    page = client.get(url_of(posting, "requirements/"))
    names = [name for name in page_form(page.content).values if name.startswith("ask-")]
    assert names == ["ask-x2-years", "ask-x2-why", "ask-x5-why"]
    press(client, url_of(posting, "requirements/"), ask__x2__years="6.5")
    assert statuses(client, posting) == {"Work 2": "met", "Work 5": "met"}


def test_an_employer_that_takes_applications_elsewhere_by_now(client: Client, person: User) -> None:
    moved = published_posting(apply_url="https://a.test/1")
    make_draft(moved, person, note="My words")
    client.force_login(person)
    answer = client.post(url_of(moved, "check/"), {"seen": "x"}, follow=True)
    assert answer.redirect_chain == [(url_of(moved), 302)]
    page = answer.content.decode()
    assert "takes applications at" in page
    assert "My words" in page
