"""Employers, members and invitations are fetched and authorised in one step."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from profiles import access
from profiles.actions import cv_import, teams
from profiles.cv.resume_in import Reading
from profiles.enums import CvKind, MemberRole
from profiles.models import Invitation
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_members_get_their_employer_and_owners_its_care() -> None:
    employer = make_employer()
    owner, recruiter = make_member(employer), make_member(employer, role=MemberRole.RECRUITER)
    for user in (owner, recruiter):
        assert access.get_employer_for_member(user, employer.slug) == employer
    assert access.get_employer_for_owner(owner, employer.slug) == employer
    for user in (recruiter, make_user(), make_member(make_employer())):
        with pytest.raises(Http404):
            access.get_employer_for_owner(user, employer.slug)
    for user in (make_user(), make_member(make_employer())):
        with pytest.raises(Http404):
            access.get_employer_for_member(user, employer.slug)


def test_memberships_are_found_within_their_employer_alone() -> None:
    employer, other = make_employer(), make_employer()
    member, stranger = make_member(employer), make_member(other)
    mine = access.get_membership(member, employer)
    assert (mine.user, mine.employer) == (member, employer)
    assert access.get_member(employer, mine.public_id) == mine
    with pytest.raises(Http404):
        access.get_membership(stranger, employer)
    with pytest.raises(Http404):
        access.get_member(other, mine.public_id)


def test_invitations_are_found_while_they_are_open_and_by_their_token() -> None:
    employer, other = make_employer(), make_employer()
    owner = make_member(employer)
    invitation = teams.invite(
        employer=employer, email="a@example.test", role=MemberRole.OWNER, actor=owner, now=NOW
    )
    Invitation.objects.update(token_hash=teams.token_hash("a token"))
    assert access.get_invitation(employer, invitation.public_id) == invitation
    assert access.get_invitation_by_token("a token") == invitation
    with pytest.raises(Http404):
        access.get_invitation(other, invitation.public_id)
    assert access.get_invitation_by_token("another token") is None
    Invitation.objects.update(revoked_at=NOW + timedelta(hours=1))
    with pytest.raises(Http404):
        access.get_invitation(employer, invitation.public_id)


def test_what_was_read_in_a_cv_is_ones_own() -> None:
    mine, reading = make_user(), Reading(())
    found = cv_import.start_import(user=mine, kind=CvKind.TEXT, reading=reading, now=NOW)
    assert access.get_cv_import(mine, found.public_id) == found
    with pytest.raises(Http404):
        access.get_cv_import(make_user(), found.public_id)
