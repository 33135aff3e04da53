"""Nobody is rejected by a program: one door leads there, and only people's pages open it."""

import ast
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from postings.hiring.actions import bulk, confirmations, decisions, promises, reply_facts
from postings.hiring.models import Application
from tests.architecture.code import call_name, named, product_files, tree
from tests.factories.applications import make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_user


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Each call in the files that have to do with applications."""
    for path in product_files():
        if "hiring" not in path.parts and "postings.hiring" not in path.read_text():
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                yield named(path), node


def of(node: ast.Call) -> str:
    """What a method is called on: `decisions` of `decisions.reject(…)`."""
    function = node.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id
    return ""


def test_one_function_moves_an_application_to_rejected() -> None:
    found = [
        place
        for place, node in calls()
        if place.startswith("postings/hiring/") and call_name(node) in ("move", "record")
        for keyword in node.keywords
        if keyword.arg == "verb" and ast.unparse(keyword.value) == "'reject'"
    ]
    assert found == ["postings/hiring/actions/decisions.py"]


def test_only_pages_that_people_send_reject() -> None:
    doors = {("decisions", "reject"), ("bulk", "decide")}
    found = sorted({place for place, node in calls() if (of(node), call_name(node)) in doors})
    assert found == [
        "postings/hiring/actions/bulk.py",
        "postings/hiring/views/bulk.py",
        "postings/hiring/views/decide.py",
    ]


@pytest.mark.parametrize("door", [decisions.reject, bulk.decide])
def test_a_rejection_has_somebody_who_decided(door) -> None:
    actor = inspect.signature(door).parameters["actor"]
    assert (actor.annotation.__name__, actor.default) == ("User", inspect.Parameter.empty)


@pytest.mark.django_db
def test_nobody_is_rejected_for_a_score_or_by_time() -> None:
    now = datetime.now(UTC)
    posting = open_posting(now=now - timedelta(days=2))
    person = make_user()
    make_candidate(person, skills={"complaint-handling": 0})
    sent = make_application(posting, candidate=person, now=now - timedelta(days=1))
    assert sent.score == 0
    for days in (1, 14, 15, 100):
        later = now + timedelta(days=days)
        promises.remind_due(now=later)
        promises.break_promises(now=later)
        confirmations.pause_unconfirmed(now=later)
        reply_facts.count_all_replies(now=later)
    assert Application.objects.get(pk=sent.pk).state == "new"
    assert [event.verb for event in sent.events.all()] == ["apply"]
