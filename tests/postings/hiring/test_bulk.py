"""One decision on several applications: each gets one mail, and who moved meanwhile is named."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages import SUCCESS, WARNING
from django.test import Client
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.hiring.actions import applications, decisions, review
from postings.hiring.enums import ReplyKind
from postings.hiring.models import Application, ApplicationEvent
from postings.models import Posting
from profiles.models import User
from tests.browserless import PageForm, page_form, told
from tests.factories.applications import make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import asks

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC) - timedelta(minutes=1)


@pytest.fixture(scope="module")
def made(kept_rows: None) -> dict[str, int]:
    """Ann, Ben and Cy have applied; none of them can coach, Cy handles complaints."""
    employer = make_employer("Harrow & Vale")
    asked = (asks("complaint-handling", 1, min_level=3), asks("coaching", 2, min_level=2))
    posting = open_posting(employer=employer, now=NOW - timedelta(days=2), requirements=asked)
    for name, level in (("Ann", 1), ("Ben", 1), ("Cy", 3)):
        person = make_user(name=name)
        make_candidate(person, skills={"complaint-handling": level})
        make_application(posting, candidate=person, now=NOW - timedelta(days=1))
    return {"posting": posting.pk, "owner": make_member(employer).pk}


@pytest.fixture
def posting(made: dict[str, int]) -> Posting:
    return Posting.objects.select_related("employer").get(pk=made["posting"])


@pytest.fixture
def owner(made: dict[str, int], client: Client) -> User:
    found = User.objects.get(pk=made["owner"])
    client.force_login(found)
    return found


def of(name: str) -> Application:
    return Application.objects.get(copy__name=name)


def move_url(posting: Posting) -> str:
    return reverse("hiring:move_many", args=[posting.employer.slug, posting.public_id])


def ticked(*names: str) -> list[str]:
    return [f"{of(name).public_id}:{of(name).state}" for name in names]


def form_of(answer: Any) -> PageForm:
    assert answer.status_code == 200
    return page_form(answer.content)


def mails() -> list[tuple[str, str]]:
    rows = OutgoingMail.objects.filter(dedupe_key__startswith="application-reject:")
    return list(rows.order_by("recipient").values_list("recipient", "text"))


def reject(client: Client, posting: Posting, *names: str, **typed: object) -> dict[str, object]:
    """The last form of a rejection of these, ready to be sent."""
    url = move_url(posting)
    asked = client.post(url, {"verb": "reject", "picked": ticked(*names)})
    said = form_of(asked).send(press=("step", "preview"), **typed)
    return form_of(client.post(url, said)).send(press=("step", "send"))


def test_each_gets_one_mail_however_often_it_is_clicked(posting, owner, client) -> None:
    url = move_url(posting)
    asked = client.post(url, {"verb": "reject", "picked": ticked("Ann", "Ben", "Cy")})
    assert "Reject: 3 candidates" in asked.content.decode()
    said = form_of(asked).send(
        press=("step", "preview"), reason="others-closer", note="Dear {candidate}, thank you."
    )
    preview = client.post(url, said)
    shown = preview.content.decode()
    assert "3 mails go out" in shown
    assert [name for name, _ in preview.context["mails"]] == ["Ann", "Ben", "Cy"]
    assert mails() == []
    last = form_of(preview).send(press=("step", "send"))
    for _ in range(3):
        assert client.post(url, last).status_code == 302
    found = mails()
    assert len(found) == 3
    written = {mail.text for _, mail in preview.context["mails"]}
    assert {text for _, text in found} == written
    assert all(f"Dear {name}, thank you." in text for name, (_, text) in zip(
        ("Ann", "Ben", "Cy"), found, strict=True
    ))  # fmt: skip
    events = ApplicationEvent.objects.filter(verb="reject")
    assert {event.actor for event in events} == {owner}
    assert len(events) == 3


def test_who_moved_meanwhile_is_named_and_the_rest_done(posting, owner, client) -> None:
    last = reject(client, posting, "Ann", "Ben", reason="pay")
    ann = of("Ann")
    assert ann.candidate
    applications.withdraw(application=ann, actor=ann.candidate, now=NOW)
    first, second = (client.post(move_url(posting), last, follow=True) for _ in range(2))
    assert (of("Ann").state, of("Ben").state) == ("withdrawn", "rejected")
    assert len(mails()) == 1
    done, left = told(first.content)
    assert done == "Ben is rejected and gets your mail."
    assert left.startswith("Ann was not moved. Meanwhile: withdrawn by the candidate, ")
    assert left.endswith(", by Ann.")
    assert told(second.content) == [done, left]
    assert [message.level for message in second.context["messages"]] == [SUCCESS, WARNING]


def test_what_cannot_be_moved_so_is_named_first(posting, owner, client) -> None:
    decisions.advance(application=of("Cy"), verb="review", actor=owner, now=NOW)
    url = move_url(posting)
    asked = client.post(url, {"verb": "review", "picked": ticked("Ann", "Cy")})
    shown = asked.content.decode()
    assert "Cy: in review" in shown
    assert "No mail goes out." in shown
    client.post(url, form_of(asked).send(press=("step", "send")))
    assert [of(name).state for name in ("Ann", "Ben", "Cy")] == ["in_review", "new", "in_review"]
    nothing = client.post(url, {"verb": "review", "picked": ticked("Ann", "Cy")})
    assert nothing["Location"] == url.removesuffix("move/")


def test_a_row_that_none_of_them_meets_can_be_the_reason(posting, owner, client) -> None:
    for names, rows in ((("Ann", "Cy"), ["row:r2"]), (("Ann", "Ben"), ["row:r1", "row:r2"])):
        asked = client.post(move_url(posting), {"verb": "reject", "picked": ticked(*names)})
        reasons = form_of(asked).options["reason"]
        assert reasons[: len(rows) + 2] == ["", *rows, "others-closer"]
    assert "Complaint handling</option>" in asked.content.decode()  # each of them has a status
    client.post(move_url(posting), reject(client, posting, "Ann", "Ben", reason="row:r1"))
    found = [event.requirement for event in ApplicationEvent.objects.filter(verb="reject")]
    assert found == [{"id": "r1", "name": "Complaint handling"}] * 2


def test_a_saved_reply_is_filled_in_for_each(posting, owner, client) -> None:
    text = "Dear {candidate}, come by."
    saved = review.save_reply(
        employer=posting.employer, kind=ReplyKind.INTERVIEW, name="Call", text=text, now=NOW
    )
    url = move_url(posting)
    asked = client.post(url, {"verb": "interview", "picked": ticked("Ann", "Ben")})
    said = form_of(asked).send(press=("step", "fill"), reply=saved.public_id)
    filled = form_of(client.post(url, said))
    assert filled.values["note"] == [text]
    preview = client.post(url, filled.send(press=("step", "preview")))
    assert [f"Dear {name}, come by." in mail.text for name, mail in preview.context["mails"]] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    "sent",
    [
        {"verb": "reject"},
        {"verb": "reject", "picked": ["0000000000:new"]},
        {"verb": "reject", "picked": ["x", ":", "\0:new"]},
        {"verb": "hire", "picked": "all"},
        {"picked": "all"},
    ],
)
def test_a_form_that_asks_nothing_sensible_does_nothing(posting, owner, client, sent) -> None:
    sent = {**sent, **({"picked": ticked("Ann")} if sent.get("picked") == "all" else {})}
    answer = client.post(move_url(posting), {**sent, "step": "send"})
    assert answer["Location"] == move_url(posting).removesuffix("move/")
    assert of("Ann").state == "new"


def test_a_foreign_application_is_not_moved(posting, owner, client) -> None:
    foreign = make_application()
    tick = f"{foreign.public_id}:new"
    client.post(move_url(posting), {"verb": "review", "picked": [tick], "step": "send"})
    foreign.refresh_from_db()
    assert foreign.state == "new"
