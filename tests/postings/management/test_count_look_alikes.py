"""The count of live postings that look like another."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from postings.actions import lifecycle
from tests.factories.people import make_employer, make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db


def test_each_live_posting_counts_once() -> None:
    one, other = make_employer(), make_employer()
    person = make_user()
    for employer in (one, one, other):
        published_posting(employer=employer)
    published_posting(employer=one, title="Night desk lead", description="Elsewhere. " * 40)
    over = published_posting(employer=other)
    lifecycle.close(posting=over, actor=person, now=over.first_published_at)
    out = StringIO()
    call_command("count_look_alikes", stdout=out)
    assert json.loads(out.getvalue()) == {
        "live": 4,
        "look_alikes": 3,
        "of_the_same_employer": 2,
        "of_another_employer": 3,
    }
