"""R5: of two who change the same thing at the same moment one is told what the other did, and
nothing is written over in silence. `RACES` says how often each race is run."""

import os
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from postings.hiring.models import Application
from postings.models import Posting
from profiles.models import User
from tests.at_once import at_once
from tests.browserless import page_form
from tests.factories.applications import make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import draft_posting

pytestmark = pytest.mark.django_db(transaction=True)
RACES = int(os.environ.get("RACES", "4"))


def test_two_who_change_the_same_thing(client: Client) -> None:
    employer = make_employer()
    pair = [make_member(employer, make_user(name=name)) for name in ("Ann", "Bob")]
    clients = [signed_in(person) for person in pair]
    draft = draft_posting(employer=employer)
    posting = open_posting(employer=employer)
    for number in range(RACES):
        edit_at_once(clients, draft, number)
        person = make_user()
        make_candidate(person, skills={"complaint-handling": 3})
        decide_at_once(clients, make_application(posting, candidate=person), pair)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def edit_at_once(clients: list[Client], draft: Posting, number: int) -> None:
    """Both opened the step at the same version, and save another title each."""
    kwargs = {"employer": draft.employer.slug, "public_id": draft.public_id, "step": "about"}
    url = reverse("postings:wizard_step", kwargs=kwargs)
    before = draft.revisions.get().version
    form = page_form(clients[0].get(url).content)
    titles = [f"Title {number} of {who}" for who in ("Ann", "Bob")]
    sent = [form.send(press=("go", "next"), title=title) for title in titles]
    answers = at_once(lambda n: clients[n].post(url, sent[n]), 2)
    [winner] = [n for n, answer in enumerate(answers) if answer.status_code == 302]
    loser = answers[1 - winner]
    page = loser.content.decode()
    assert (loser.status_code, titles[0] in page, titles[1] in page) == (409, True, True)
    kept = draft.revisions.get()
    assert (kept.version, kept.value.title) == (before + 1, titles[winner])


def decide_at_once(clients: list[Client], sent: Application, pair: list[User]) -> None:
    """One invites and one rejects, both from a page that showed it as new."""
    names = {
        "employer": sent.posting.employer.slug,
        "public_id": sent.posting.public_id,
        "application": sent.public_id,
    }
    verbs = ("interview", "reject")
    urls = [reverse("hiring:decide", kwargs={**names, "decision": verb}) for verb in verbs]
    words = [f"Words with {verb}" for verb in verbs]
    said: list[dict[str, Any]] = [
        {"seen": "new", "note": note, "step": "send", "key": str(uuid.uuid4())} for note in words
    ]
    said[1]["reason"] = "others-closer"
    answers = at_once(lambda n: clients[n].post(urls[n], said[n]), 2)
    [winner] = [n for n, answer in enumerate(answers) if answer.status_code == 302]
    loser = answers[1 - winner]
    page = loser.content.decode()
    assert loser.status_code == 409
    # Who was first, what was written to the candidate, and one's own words, which are kept.
    assert [text in page for text in (pair[winner].name, *words)] == [True] * 3
    event = sent.events.exclude(verb="apply").get()
    assert (event.verb, event.note) == (verbs[winner], words[winner])
