"""Whatever is sent to the wizard, it never breaks.

MALFORMED_EXAMPLES says how many forms are tried on each page.
"""

import os
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postings.forms.steps import STEPS, Step
from postings.models import Posting
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member
from tests.factories.postings import draft_posting

EXAMPLES = int(os.environ.get("MALFORMED_EXAMPLES", "15"))
pytestmark = pytest.mark.django_db

ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            "\x00",
            "a\x00b",
            "-1",
            "0",
            "1e999",
            "NaN",
            "Infinity",
            "99999999999999999999",
            "²",
            "٣",
            "2026-02-30",
            "0000-00-00",
            "9999-12-31",
            "https://[",
            "https://exa\tmple.test",
            "javascript:alert(1)",
            "city:99999999999",
            "city:0",
            "propose",
            "r1",
            "‮",
            "😀" * 130,
            "x" * 5_000,
            "{{ 7 }}",
            "<script>",
        ]
    ),
)
BUTTONS = st.sampled_from(
    [("go", "next"), ("go", "leave"), ("go", "x")]
    + [(verb, f"{name}-{index}") for verb in ("up", "down", "remove")
       for name in ("bands", "locations", "requirements", "nothing") for index in (0, 1, 999)]
    + [("add", value) for value in ("bands", "requirements:tool", "requirements:x", "kpis", ":")]
)  # fmt: skip


@pytest.fixture
def draft(client: Client) -> Posting:
    employer = make_employer()
    client.force_login(make_member(employer))
    return draft_posting(employer=employer)


@pytest.fixture
def page() -> dict[str, dict[str, list[str]]]:
    """The fields of the step's page as it stands, by its address; a form that is saved empties
    it, and nothing else changes the page."""
    return {}


def names_of(client: Client, address: str) -> dict[str, list[str]]:
    return page_form(client.get(address).content).values


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_malformed_form_breaks_a_step(
    client: Client,
    draft: Posting,
    page: dict[str, dict[str, list[str]]],
    step: Step,
    data: st.DataObject,
) -> None:
    address = f"/hire/{draft.employer.slug}/postings/{draft.public_id}/edit/{step.key}/"
    known = [*step.page.main.base_fields, "version", "keep-title", "keep-pay_bands"]
    for part in step.page.lists:
        known += [f"{part.name}-{n}-{name}" for n in "012" for name in part.form.base_fields]
    changed = data.draw(st.dictionaries(st.sampled_from(known) | st.text(max_size=20), ODD,
                                        min_size=1, max_size=6))  # fmt: skip
    counts = {f"{part.name}-count": data.draw(st.sampled_from(["0", "2", "9", "999", "-1", "x"]))
              for part in step.page.lists}  # fmt: skip
    button, value = data.draw(BUTTONS)
    if address not in page:
        page[address] = names_of(client, address)
    sent: dict[str, Any] = {**page[address], **counts, **changed, button: value}
    sent = {name: value for name, value in sent.items() if name}
    response = client.post(address, sent)
    assert response.status_code in (200, 302, 409)
    if response.status_code == 302:  # what was saved can be summed up and shown
        page.clear()
        base = f"/hire/{draft.employer.slug}/postings/{draft.public_id}/"
        for path in ("edit/check/", "preview/"):
            assert client.get(base + path).status_code == 200


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(start=ODD, key=ODD)
def test_no_malformed_start_breaks(client: Client, draft: Posting, start: str, key: str) -> None:
    address = f"/hire/{draft.employer.slug}/postings/new/"
    assert client.post(address, {"start": start, "key": key}).status_code == 200
    assert Posting.objects.count() == 1
