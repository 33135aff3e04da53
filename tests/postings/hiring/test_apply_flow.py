"""From the page of a job to an application that was sent, as a browser without script does it."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from postings.content import RequirementRow
from postings.enums import Cefr, Importance, RequirementKind
from postings.hiring.engines.sent import sent_of
from postings.hiring.models import Application, ApplicationDraft
from postings.models import Posting
from profiles.models import User
from tests.browserless import page_form
from tests.factories.applications import open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user
from tests.factories.postings import asks

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
    assert sent.copy.answers == [{"requirement": "es", "held": False, "why": "I learn it."}]
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
