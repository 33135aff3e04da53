"""Postings are fetched and authorised in one step; a stranger finds nothing."""

from datetime import UTC, datetime

import pytest
from django.http import Http404

from postings.access import (
    get_import_run,
    get_open_revision,
    get_posting_for_member,
    get_public_posting,
)
from postings.actions import import_runs
from postings.importers.uploads import SourceLine
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import draft_posting, published_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_a_member_gets_a_posting_of_its_employer() -> None:
    posting = draft_posting()
    member = make_member(posting.employer)
    assert get_posting_for_member(member, posting.employer, posting.public_id) == posting


def test_everybody_else_gets_nothing() -> None:
    posting = draft_posting()
    other = make_employer()
    both = make_member(other)
    make_member(posting.employer, both)
    for user, employer in (
        (make_user(), posting.employer),
        (make_member(other), posting.employer),
        (make_member(other), other),
        (make_moderator(), posting.employer),
        (both, other),
    ):
        with pytest.raises(Http404):
            get_posting_for_member(user, employer, posting.public_id)
    with pytest.raises(Http404):
        get_posting_for_member(both, other, "0000000000")


def test_the_open_revision_is_there_or_not() -> None:
    posting = draft_posting()
    assert get_open_revision(posting) == posting.revisions.get()
    with pytest.raises(Http404):
        get_open_revision(published_posting())


def test_a_run_of_an_import_is_found_below_its_employer_alone() -> None:
    employer, other = make_employer(), make_employer()
    line = SourceLine(1, "{}")
    run = import_runs.begin(
        employer=employer, actor=make_member(employer), now=NOW, lines=[line], data=b"{}"
    )
    assert get_import_run(employer, run.public_id) == run
    with pytest.raises(Http404):
        get_import_run(other, run.public_id)


def test_the_public_gets_what_is_published() -> None:
    posting = published_posting(now=NOW)
    assert get_public_posting(posting.public_id, now=NOW) == (posting, True)
    assert get_public_posting(posting.public_id, now=posting.closes_at) == (posting, False)
    with pytest.raises(Http404):
        get_public_posting(draft_posting().public_id, now=NOW)
