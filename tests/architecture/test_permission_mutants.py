"""Each permission check that is switched off is seen: by the access table, by what is foreign, by
who may do what, or by the test that is named for it."""

import functools
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import override_settings

from profiles.enums import FactKind
from profiles.models import CvImport
from tests.architecture import test_access as matrix
from tests.architecture import test_twins as twins
from tests.architecture.permission_mutants import Mutant, fetchers, mutants, predicates, scopes
from tests.architecture.routes import Route
from tests.architecture.truths import Thing, untruths
from tests.cast import ROLES, Cast, make_cast
from tests.factories.lives import CONDITIONS
from tests.factories.people import make_member
from tests.profiles.actions import test_candidates

pytestmark = pytest.mark.django_db
EQUIVALENT = {
    f"{name}: without user.is_authenticated": "nobody in particular has no row, and is no staff"
    for name in (
        "profiles.permissions.is_member",
        "profiles.permissions.can_interview",
        "profiles.permissions.can_hire",
        "profiles.permissions.is_owner",
        "postings.permissions.can_moderate",
    )
}
EQUIVALENT |= {
    "postings.access.get_posting_for_member: without .visible_to(…)": "of an employer that the"
    " caller has fetched for the same person: the same question twice",
    "postings.access.get_posting_for_hiring: without .managed_by(…)": "likewise",
    "postings.hiring.access.get_stray_draft: never refuses not begun": "no draft has an empty id",
    "profiles.models.cv_import.CvImportQuerySet.waiting_for: without .filter(open__gt=0)": "what is"
    " left to decide, not whose",
}
"""Mutants that let nobody in: a question less, and the same answer."""
STRANGERS_FIRST = tuple(sorted(ROLES, key=lambda role: role not in matrix.OUTSIDERS))
PLAIN = {"everyone", "none", "nothing"}
NAMED: dict[str, Callable[[], None]] = {
    "open_to": test_candidates.test_only_verified_employers_that_are_not_blocked_may_find_a_profile,
    "can_moderate": twins.test_only_staff_with_the_right_moderate,
}
"""Tests of checks that no route of the table and no truth about teams depends on."""


@dataclass
class Court:
    """Whom and what the mutants are tried on."""

    cast: Cast
    other: Cast
    things: list[Thing]
    people: list[Any]
    routes: dict[str, list[Route]]
    """The routes that call a check, by its name."""

    def verdict(self, mutant: Mutant) -> str:
        """What saw the mutant; empty when it survived."""
        with mutant.applied():
            for name, trial in self._trials(mutant):
                try:
                    with transaction.atomic():
                        found = trial()
                        transaction.set_rollback(True)
                except Exception as error:
                    found = type(error).__name__
                if found:
                    return name
        return ""

    def _trials(self, mutant: Mutant) -> Iterator[tuple[str, Callable[[], Any]]]:
        """The trials, those first that are likely to see the mutant."""
        function = mutant.function
        if function.__name__ in NAMED:
            yield "a test of its own", NAMED[function.__name__]
        said = untruths(self.people, self.things, function.__name__)
        yield "who may do what", lambda: next(said, "")
        if function.__name__ in ("published", "over"):
            postings = [condition.make(twins.NOW) for condition in CONDITIONS]
            yield "the public door", lambda: twins.test_what_is_public_at_a_moment(postings)
        for route in self.routes.get(function.__qualname__, ()):
            yield "what is foreign", functools.partial(self._below, route)
            yield "the access table", functools.partial(self._table, route)
            yield "what is listed", functools.partial(self._listed, route)
            yield "what is missing", functools.partial(self._missing, route)
            yield "what nobody has", functools.partial(self._nobodys, route)

    def _below(self, route: Route) -> Any:
        if "employer" not in route.arguments:
            return None
        return next(matrix.found_below(self.cast, self.other, route), None)

    def _table(self, route: Route) -> Any:
        return next(matrix.wrong_cells(self.cast, route, STRANGERS_FIRST), None)

    def _listed(self, route: Route) -> Any:
        return next(matrix.listed_to_others(self.cast, route), None)

    def _nobodys(self, route: Route) -> Any:
        return next(matrix.found_missing(self.cast, route), None)

    def _missing(self, route: Route) -> Any:
        return next(matrix.told_apart(self.cast, route), None)


@functools.cache
def _narrow() -> tuple[Route, ...]:
    """Our routes to what is somebody's own, and to what differs from person to person."""
    rows = matrix.TABLE.items()
    ours = [matrix.ROUTES[pattern] for pattern, row in rows if {*row.values()} - PLAIN]
    return tuple(route for route in ours if route.is_ours)


def _routes_by_function(cast: Cast) -> dict[str, list[Route]]:
    """Which routes call which checks, by having whoever may ask for each ask."""
    watched = {one.__code__ for one in [*predicates(), *fetchers(), *scopes()]}
    found: dict[str, list[Route]] = {}
    for route in _narrow():
        called: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: object, called: set[CodeType] = called) -> None:
            if event == "call" and frame.f_code in watched:
                called.add(frame.f_code)

        for role in ("owner", "candidate"):
            for method in ("GET", "POST"):
                sys.setprofile(note)
                try:
                    matrix.ask(cast.browsers[role], method, cast.world.url(route))
                finally:
                    sys.setprofile(None)
        for code in called:
            found.setdefault(code.co_qualname, []).append(route)
    return found


@pytest.fixture(scope="module")
def court(kept_rows: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Court]:
    media = tmp_path_factory.mktemp("media")
    quick = {"CACHES": matrix.IN_MEMORY, "SESSION_ENGINE": matrix.SEALED}
    with override_settings(DEMO=True, MEDIA_ROOT=media, **quick):
        cast, other = make_cast(), make_cast()
        make_member(other.world.employer, cast.world.owner)
        things = [
            Thing(one.world.employer, one.world.live, one.world.live.applications.get())
            for one in (cast, other)
        ]
        waiting = CvImport.objects.get(profile__user=cast.world.candidate)
        waiting.suggestions.create(kind=FactKind.LANGUAGE, facts={}, quote="German")
        team = [m.user for m in cast.world.employer.memberships.order_by("pk")]
        others = [other.world.owner, cast.world.candidate, other.world.candidate]
        people = [*team, *others, AnonymousUser()]
        yield Court(cast, other, things, people, _routes_by_function(cast))


def test_every_check_that_is_switched_off_is_seen(court: Court) -> None:
    with transaction.atomic():
        assert list(untruths(court.people, court.things)) == []
        transaction.set_rollback(True)
    made = mutants()
    verdicts = {str(mutant): court.verdict(mutant) for mutant in made}
    survived = {name for name, verdict in verdicts.items() if not verdict}
    assert sorted(survived - set(EQUIVALENT)) == []
    assert sorted(set(EQUIVALENT) - survived) == []
    assert len(made) > 120
