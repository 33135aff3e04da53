"""Appointing and dismissing moderators on the command line."""

import pytest
from django.core.management import CommandError, call_command

from postings.permissions import can_moderate
from profiles.models import User
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def test_a_moderator_is_appointed_and_dismissed():
    make_user("mo@example.test")
    call_command("appoint_moderator", "Mo@example.test")
    assert can_moderate(User.objects.get(email="mo@example.test"))
    call_command("appoint_moderator", "mo@example.test", "--dismiss")
    user = User.objects.get(email="mo@example.test")
    assert not can_moderate(user)
    assert not user.is_staff


def test_a_superuser_stays_staff():
    make_user("root@example.test", is_staff=True, is_superuser=True)
    call_command("appoint_moderator", "root@example.test", "--dismiss")
    assert User.objects.get(email="root@example.test").is_staff


def test_nobody_is_appointed_who_has_not_signed_up():
    with pytest.raises(CommandError, match="Nobody has signed up as stranger"):
        call_command("appoint_moderator", "stranger@example.test")
