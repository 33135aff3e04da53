"""Moderators and the admin they sit at."""

import pytest
from django.contrib.auth.models import Group

from tests.factories.people import make_user
from tests.factories.places import reference_rows


@pytest.fixture(autouse=True)
def _second_step(settings):
    """As in the demo: no second factor is asked; tests of the way in ask for it again."""
    settings.DEMO = True


@pytest.fixture
def moderator(client):
    """Staff in the group of moderators, signed in."""
    reference_rows()
    user = make_user("moe@example.test", is_staff=True, name="Moe")
    user.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(user)
    return user
