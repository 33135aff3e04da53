"""Saved replies: what stands in braces, and the mail that can be read before it is sent."""

from datetime import UTC, datetime

import pytest

from cscareers.core.models import OutgoingMail
from postings.hiring import emails
from postings.hiring.actions import decisions
from postings.hiring.engines.replies import filled, unknown_places
from postings.hiring.enums import RejectReason
from tests.factories.applications import make_application
from tests.factories.people import make_member

ANN = {"candidate": "Ann {title}", "title": "Lead", "employer": "Harrow & Vale"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Dear {candidate}", "Dear Ann {title}"),
        ("{title} at {employer}", "Lead at Harrow & Vale"),
        ("{name} {} {{title}}", "{name} {} {Lead}"),
    ],
)
def test_a_reply_is_filled_in_once(text: str, read: str) -> None:
    assert filled(text, **ANN) == read


def test_who_has_no_name_is_greeted() -> None:
    assert filled("Hello {candidate},", **{**ANN, "candidate": ""}) == "Hello there,"


def test_a_slip_of_the_pen_is_named() -> None:
    assert unknown_places("{candidate} {Candidate} {job} {job}") == ["{Candidate}", "{job}"]


@pytest.mark.django_db
def test_a_decision_is_read_before_it_is_sent() -> None:
    sent = make_application()
    row = sent.revision.value.requirements[0].id
    reasons = [RejectReason.REQUIREMENT]
    seen = emails.letter(
        sent, "reject", reasons=reasons, requirement="Complaint handling", note="Good luck"
    )
    assert not OutgoingMail.objects.filter(dedupe_key__startswith="application-reject").exists()
    decisions.reject(
        application=sent,
        actor=make_member(sent.posting.employer),
        now=datetime.now(UTC),
        reasons=reasons,
        requirement=row,
        note="Good luck",
    )
    mail = OutgoingMail.objects.get(dedupe_key__startswith="application-reject")
    assert (seen.subject, seen.text) == (mail.subject, mail.text)
    assert "Complaint handling" in seen.text
