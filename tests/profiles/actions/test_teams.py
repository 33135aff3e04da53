"""Teams: invited, joined, changed, left."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from cscareers.core import throttling
from cscareers.core.models import OutgoingMail
from profiles.actions import employers, teams
from profiles.enums import MemberRole
from profiles.models import Membership
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWNER, RECRUITER, INTERVIEWER, VIEWER = MemberRole


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer):
    return make_member(employer)


def invite(employer, owner, email="bo@example.test", role=RECRUITER, now=NOW):
    return teams.invite(employer=employer, email=email, role=role, actor=owner, now=now)


def guest(email="bo@example.test"):
    user = make_user(email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def role_of(user, employer):
    return Membership.objects.get(user=user, employer=employer).role


def test_an_invitation_is_mailed_and_only_the_hash_is_kept(employer, owner):
    invitation = invite(employer, owner, "Bo@Example.test")
    mail = OutgoingMail.objects.get()
    token = mail.text.split("/hire/invitations/")[1].split("/")[0]
    assert mail.recipient == invitation.email == "bo@example.test"
    assert invitation.token_hash == teams.token_hash(token)
    assert token not in repr(vars(invitation))
    assert invitation.expires_at == NOW + timedelta(days=14)


def test_who_was_invited_joins(employer, owner):
    user = guest()
    teams.accept(invitation=invite(employer, owner), user=user, now=NOW)
    assert role_of(user, employer) == RECRUITER
    assert list(employer.events.order_by("pk").values_list("verb", "to_state")) == [
        ("invite", "recruiter"),
        ("join", "recruiter"),
    ]


def test_a_mail_that_was_passed_on_lets_nobody_in(employer, owner):
    invitation = invite(employer, owner)
    with pytest.raises(teams.OtherAddress):
        teams.accept(invitation=invitation, user=guest("eve@example.test"), now=NOW)
    unconfirmed = make_user("bo@example.test")
    with pytest.raises(teams.OtherAddress):
        teams.accept(invitation=invitation, user=unconfirmed, now=NOW)


def test_an_invitation_works_once_and_for_two_weeks(employer, owner):
    user = guest()
    late = invite(employer, owner)
    with pytest.raises(teams.InvitationOver):
        teams.accept(invitation=late, user=user, now=NOW + timedelta(days=14))
    teams.accept(invitation=late, user=user, now=NOW)
    with pytest.raises(teams.InvitationOver):
        teams.accept(invitation=late, user=user, now=NOW)


def test_an_invitation_taken_back_is_over(employer, owner):
    invitation = invite(employer, owner)
    teams.revoke(invitation=invitation, actor=owner, now=NOW)
    with pytest.raises(teams.InvitationOver):
        teams.accept(invitation=invitation, user=guest(), now=NOW)
    with pytest.raises(teams.Gone):
        teams.revoke(invitation=invitation, actor=owner, now=NOW)


def test_nobody_is_invited_twice(employer, owner):
    invite(employer, owner)
    with pytest.raises(teams.AlreadyInvited):
        invite(employer, owner, "BO@example.test")
    with pytest.raises(teams.AlreadyMember):
        invite(employer, owner, owner.email.upper())


def test_an_invitation_that_ran_out_is_replaced(employer, owner):
    old = invite(employer, owner)
    later = NOW + teams.INVITATION_LASTS
    new = invite(employer, owner, now=later)
    old.refresh_from_db()
    assert (old.revoked_at, new.expires_at) == (later, later + teams.INVITATION_LASTS)


@pytest.mark.parametrize(
    ("held", "invited", "after"),
    [
        (RECRUITER, OWNER, OWNER),
        (VIEWER, INTERVIEWER, INTERVIEWER),
        (INTERVIEWER, RECRUITER, RECRUITER),
        (INTERVIEWER, VIEWER, INTERVIEWER),
        (RECRUITER, INTERVIEWER, RECRUITER),
    ],
)
def test_a_member_who_is_invited_keeps_the_higher_role(employer, owner, held, invited, after):
    user = guest()
    make_member(employer, user, held)
    EmailAddress.objects.create(user=user, email="bo@work.test", verified=True)
    invitation = invite(employer, owner, "bo@work.test", invited)
    teams.accept(invitation=invitation, user=user, now=NOW)
    assert role_of(user, employer) == after


def test_an_owner_who_is_invited_as_recruiter_stays_owner(employer, owner):
    EmailAddress.objects.create(user=owner, email="bo@work.test", verified=True)
    invitation = invite(employer, owner, "bo@work.test")
    teams.accept(invitation=invitation, user=owner, now=NOW)
    assert role_of(owner, employer) == OWNER


def test_twenty_invitations_an_hour(employer, owner):
    for number in range(20):
        invite(employer, owner, f"p{number}@example.test")
    with pytest.raises(throttling.TooMany):
        invite(employer, owner, "one-more@example.test")
    invite(employer, owner, "one-more@example.test", now=NOW + timedelta(hours=1))


def test_a_suspended_employer_invites_nobody(owner, employer):
    employer.suspended_at = NOW
    employer.save(update_fields=["suspended_at"])
    with pytest.raises(teams.EmployerSuspended):
        invite(employer, owner)


def test_a_recruiter_changes_nothing(employer, owner):
    recruiter = make_member(employer, role=RECRUITER)
    membership = Membership.objects.get(user=owner)
    invitation = invite(employer, owner)
    for act in (
        lambda: invite(employer, recruiter, "x@example.test"),
        lambda: teams.revoke(invitation=invitation, actor=recruiter, now=NOW),
        lambda: teams.remove(membership=membership, actor=recruiter, now=NOW),
        lambda: teams.change_role(membership=membership, role=RECRUITER, actor=recruiter, now=NOW),
    ):
        with pytest.raises(employers.NotOwner):
            act()


def test_the_last_owner_stays(employer, owner):
    make_member(employer, role=RECRUITER)
    membership = Membership.objects.get(user=owner)
    for act in (
        lambda: teams.leave(membership=membership, now=NOW),
        lambda: teams.remove(membership=membership, actor=owner, now=NOW),
        lambda: teams.change_role(membership=membership, role=RECRUITER, actor=owner, now=NOW),
    ):
        with pytest.raises(teams.LastOwner):
            act()
    assert role_of(owner, employer) == OWNER


def test_an_owner_who_can_not_sign_in_does_not_count(employer, owner):
    other = make_member(employer)
    other.is_active = False
    other.save(update_fields=["is_active"])
    with pytest.raises(teams.LastOwner):
        teams.leave(membership=Membership.objects.get(user=owner), now=NOW)


def test_with_another_owner_one_leaves(employer, owner):
    make_member(employer)
    teams.leave(membership=Membership.objects.get(user=owner), now=NOW)
    assert not employer.memberships.filter(user=owner).exists()
    event = employer.events.get()
    assert (event.verb, event.actor, event.from_state) == ("leave", owner, "owner")


def test_roles_change_and_members_are_removed(employer, owner):
    user = make_member(employer, role=RECRUITER)
    membership = Membership.objects.get(user=user)
    teams.change_role(membership=membership, role=OWNER, actor=owner, now=NOW)
    assert role_of(user, employer) == OWNER
    teams.change_role(membership=membership, role=OWNER, actor=owner, now=NOW)
    teams.remove(membership=membership, actor=owner, now=NOW)
    with pytest.raises(teams.Gone):
        teams.remove(membership=membership, actor=owner, now=NOW)
    assert list(employer.events.order_by("pk").values_list("verb", "from_state", "to_state")) == [
        ("change-role", "recruiter", "owner"),
        ("remove-member", "owner", ""),
    ]


def test_events_name_people_by_public_id_only(employer, owner):
    user = guest("bo.secret@example.test")
    teams.accept(invitation=invite(employer, owner, "bo.secret@example.test"), user=user, now=NOW)
    kept = [str(details) for details in employer.events.values_list("details", flat=True)]
    assert not [details for details in kept if "secret" in details]
