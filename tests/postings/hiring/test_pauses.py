"""Reasons of a pause: none is lost, none counts twice, and none is forgotten at the end."""

from datetime import UTC, datetime, timedelta

import pytest

from postings.actions import lifecycle, moderation
from postings.enums import PauseReason
from postings.hiring.actions.applications import takes_applications
from postings.models import Posting
from tests.factories.applications import open_posting
from tests.factories.people import make_moderator, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_reason_counts_once_and_only_what_is_there_can_go() -> None:
    posting = open_posting(now=NOW)
    lifecycle.pause(posting=posting, actor=None, now=NOW, why=PauseReason.REPLIES)
    with pytest.raises(lifecycle.IllegalMove):
        lifecycle.pause(posting=posting, actor=None, now=NOW, why=PauseReason.REPLIES)
    with pytest.raises(lifecycle.IllegalMove):
        lifecycle.resume(posting=posting, actor=None, now=NOW, why=PauseReason.UNCONFIRMED)
    assert Posting.objects.get(pk=posting.pk).paused_for == ["replies"]
    assert posting.events.filter(verb__in=("pause", "resume")).count() == 1


@pytest.mark.parametrize("verb", ["resume", "confirm", "release"])
def test_a_page_from_before_a_reason_came_opens_nothing(verb: str) -> None:
    posting = open_posting(now=NOW)
    if verb == "release":
        lifecycle.hold(posting=posting, actor=None, now=NOW)
    else:
        lifecycle.pause(posting=posting, actor=None, now=NOW)
    stale = Posting.objects.get(pk=posting.pk)
    lifecycle.pause(posting=posting, actor=None, now=NOW, why=PauseReason.REPLIES)
    user = make_user()
    if verb == "resume":
        with pytest.raises(lifecycle.StillPaused):
            lifecycle.resume(posting=stale, actor=user, now=NOW)
    else:
        getattr(lifecycle, verb)(posting=stale, actor=user, now=NOW)
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for[-1]) == ("paused", "replies")


def test_a_confirmation_opens_what_was_paused_for_want_of_it_meanwhile() -> None:
    posting = open_posting(now=NOW)
    stale = Posting.objects.get(pk=posting.pk)
    lifecycle.pause(posting=posting, actor=None, now=NOW, why=PauseReason.UNCONFIRMED)
    lifecycle.confirm(posting=stale, actor=make_user(), now=NOW)
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for) == ("published", [])


def test_what_was_paused_is_paused_for_the_same_reasons_after_a_suspension() -> None:
    posting, moderator = open_posting(now=NOW), make_moderator()
    for why in (PauseReason.REPLIES, PauseReason.UNCONFIRMED):
        lifecycle.pause(posting=posting, actor=None, now=NOW, why=why)
    moderation.suspend(posting=posting, actor=moderator, now=NOW, note="Looked into.")
    moderation.reinstate(posting=posting, actor=moderator, now=NOW)
    assert (posting.state, posting.paused_for) == ("paused", ["replies", "unconfirmed"])


def test_a_suspension_of_old_said_no_reasons_and_what_was_paused_is_so_by_its_member() -> None:
    posting, moderator = open_posting(now=NOW), make_moderator()
    lifecycle.pause(posting=posting, actor=None, now=NOW)
    lifecycle.move_posting(posting=posting, verb="suspend", actor=moderator, now=NOW)
    moderation.reinstate(posting=posting, actor=moderator, now=NOW)
    assert (posting.state, posting.paused_for) == ("paused", ["member"])


def test_what_is_over_meanwhile_gets_no_reason_more() -> None:
    posting = open_posting(now=NOW)
    lifecycle.pause(posting=posting, actor=None, now=NOW)
    stale = Posting.objects.get(pk=posting.pk)
    lifecycle.close(posting=posting, actor=None, now=NOW)
    with pytest.raises(lifecycle.IllegalMove):
        lifecycle.pause(posting=stale, actor=None, now=NOW, why=PauseReason.UNCONFIRMED)
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for) == ("closed", [])


@pytest.mark.parametrize(("paused", "taken"), [(True, False), (False, True)])
def test_the_days_after_the_last_one_are_for_what_was_open_on_it(paused: bool, taken: bool) -> None:
    posting = open_posting(now=NOW)
    if paused:
        lifecycle.pause(posting=posting, actor=None, now=NOW)
    assert posting.closes_at
    later = posting.closes_at + timedelta(hours=1)
    for _ in ("before", "after the sweep"):
        posting.refresh_from_db()
        assert takes_applications(posting, opened_at=NOW, now=later) is taken
        lifecycle.expire_due(now=later)
