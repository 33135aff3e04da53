"""The team's pages."""

import re
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from cscareers.core.models import OutgoingMail
from profiles.enums import MemberRole
from profiles.labels import ROLE_SENTENCES
from profiles.models import Invitation, Membership
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return make_employer("Harbour")


@pytest.fixture
def owner(client, employer):
    user = make_member(employer)
    client.force_login(user)
    return user


def url(name, employer, **kwargs):
    return reverse(f"hire:{name}", kwargs={"employer": employer.slug, **kwargs})


def send_invitation(client, employer, email="bo@example.test", **changes):
    answers = {"email": email, "role": "recruiter", "key": uuid.uuid4(), **changes}
    return client.post(url("team", employer), answers)


def link():
    return re.search(r"/hire/invitations/[\w-]+/", OutgoingMail.objects.latest("pk").text).group()


def test_from_invitation_to_member(client, employer, owner):
    assert send_invitation(client, employer).status_code == 302
    assert b"bo@example.test" in client.get(url("team", employer)).content
    guest = make_user("bo@example.test")
    EmailAddress.objects.create(user=guest, email=guest.email, verified=True, primary=True)
    client.logout()
    assert client.get(link()).headers["Location"].startswith("/accounts/login/?next=/hire/invi")
    client.force_login(guest)
    assert b"Join the team" in client.get(link()).content
    assert client.post(link()).headers["Location"] == "/hire/"
    assert Membership.objects.get(user=guest).role == MemberRole.RECRUITER
    assert client.get(link()).headers["Location"] == "/hire/"


def test_somebody_else_reads_why_the_link_is_not_theirs(client, employer, owner):
    send_invitation(client, employer)
    eve = make_user("eve@example.test")
    client.force_login(eve)
    page = client.post(link()).content.decode()
    assert "This invitation is for another address" in page
    assert not Membership.objects.filter(user=eve).exists()


def test_a_torn_link_says_so_and_who_invited_nobody_learns(client, employer, owner):
    send_invitation(client, employer)
    torn = f"{link()[:-3]}/"
    stranger = Client()
    stranger.force_login(make_user())
    answers = [stranger.get(torn), stranger.post(torn)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert [b"This link is not complete" in answer.content for answer in answers] == [True, True]
    assert [b"bo@example.test" in answer.content for answer in answers] == [False, False]


def test_a_double_click_invites_once(client, employer, owner):
    key = uuid.uuid4()
    codes = [send_invitation(client, employer, key=key).status_code for _ in range(2)]
    assert (codes, Invitation.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("not an address", "Enter a valid email address."),
        ("", "Fill in “E-mail address”"),
        ("member@example.test", "This person is in the team already."),
    ],
)
def test_a_wrong_address_is_named(client, employer, owner, email, words):
    make_member(employer, make_user("member@example.test"))
    response = send_invitation(client, employer, email)
    assert words in response.content.decode()
    assert Invitation.objects.count() == 0


def test_an_invitation_is_taken_back(client, employer, owner):
    send_invitation(client, employer)
    invitation = Invitation.objects.get()
    revoke = url("revoke_invitation", employer, invitation=invitation.public_id)
    assert client.get(revoke).status_code == 405
    assert client.post(revoke).status_code == 302
    assert client.post(revoke).status_code == 404
    client.force_login(make_user("bo@example.test"))
    assert b"This invitation is over" in client.get(link()).content


def test_roles_and_removal(client, employer, owner):
    other = make_member(employer, role=MemberRole.RECRUITER)
    member = Membership.objects.get(user=other)
    role = url("change_role", employer, member=member.public_id)
    client.post(role, {"role": "owner"})
    member.refresh_from_db()
    assert member.role == MemberRole.OWNER
    remove = url("remove_member", employer, member=member.public_id)
    assert b"Remove" in client.get(remove).content
    assert Membership.objects.filter(pk=member.pk).exists()
    client.post(remove)
    assert not Membership.objects.filter(pk=member.pk).exists()
    assert client.get(remove).status_code == 404


def test_each_role_says_what_it_may_do(client, employer, owner):
    page = client.get(url("team", employer)).content.decode()
    # At the choice of an invitation; whoever invites nobody reads a list of them.
    assert [page.count(escape(words)) for words in ROLE_SENTENCES.values()] == [1, 1, 1, 1]
    send_invitation(client, employer, role="viewer")
    words = ROLE_SENTENCES[MemberRole.VIEWER]
    assert words in OutgoingMail.objects.latest("pk").text
    guest = make_user("bo@example.test")
    EmailAddress.objects.create(user=guest, email=guest.email, verified=True, primary=True)
    client.force_login(guest)
    assert words in client.get(link()).content.decode()
    client.post(link())
    assert Membership.objects.get(user=guest).role == MemberRole.VIEWER
    page = client.get(url("team", employer)).content.decode()
    assert [page.count(escape(words)) for words in ROLE_SENTENCES.values()] == [1, 1, 1, 1]


def test_the_last_owner_is_told_why_not(client, employer, owner):
    assert client.get(url("leave", employer)).status_code == 200
    page = client.post(url("leave", employer), follow=True).content.decode()
    assert "An employer needs an owner" in page
    assert Membership.objects.filter(user=owner).exists()
    make_member(employer)
    assert client.post(url("leave", employer)).headers["Location"] == "/hire/"
    assert client.get(url("team", employer)).status_code == 404


def test_a_recruiter_reads_the_team_and_changes_nothing(client, employer, owner):
    recruiter = make_member(employer, role=MemberRole.RECRUITER)
    client.force_login(recruiter)
    page = client.get(url("team", employer)).content.decode()
    assert ("Invite somebody" in page, owner.email in page) == (False, True)
    assert send_invitation(client, employer).status_code == 404
    member = Membership.objects.get(user=owner)
    for name in ("change_role", "remove_member"):
        assert client.post(url(name, employer, member=member.public_id)).status_code == 404


def test_members_of_another_employer_can_not_be_reached(client, employer, owner):
    foreign = Membership.objects.get(user=make_member(make_employer()))
    remove = url("remove_member", employer, member=foreign.public_id)
    assert (client.get(remove).status_code, client.post(remove).status_code) == (404, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_team_asks_the_same_number_of_times(
    client, employer, owner, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_member(employer)
    with django_assert_num_queries(6):
        client.get(url("team", employer))
