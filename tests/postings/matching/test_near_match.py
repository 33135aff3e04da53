"""Asking many pairs at once finds what the match itself finds."""

from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random

from postings.enums import Level, RequirementKind, WorkMode
from postings.matching.inputs import Ask, Held, PostingFacts, Preferences, Profile
from postings.matching.ranking import Gate, Tier, match, near_match

TODAY = date(2026, 11, 22)
SLUGS = ("coaching", "zendesk", "freshdesk", "payroll", "forecasting")


def _ask(draw: Random, number: int, *, must: bool) -> Ask:
    kind = draw.choice((RequirementKind.SKILL, RequirementKind.TOOL, RequirementKind.LANGUAGE))
    return Ask(
        id=f"r{number}",
        kind=kind,
        must=must,
        name="x",
        slug=draw.choice(SLUGS) if kind is not RequirementKind.LANGUAGE else "",
        language="es" if kind is RequirementKind.LANGUAGE else "",
        level=draw.choice((None, 1, 3)),
        years=draw.choice((None, None, 2)),
    )


def _posting(draw: Random) -> PostingFacts:
    groups = []
    for number in range(draw.randrange(5)):
        must = draw.random() < 0.8
        size = draw.choice((1, 1, 2))
        groups.append(tuple(_ask(draw, 10 * number + n, must=must) for n in range(size)))
    groups.sort(key=lambda group: not group[0].must)
    return PostingFacts(
        id=str(draw.random()),
        published_at=datetime(2026, 11, 1, tzinfo=UTC),
        rows=tuple(groups),
        mode=draw.choice(list(WorkMode)),
        level=draw.choice(list(Level)),
    )


def _profile(draw: Random) -> Profile:
    held = {
        slug: Held(
            draw.choice((None, 0, 1, 2, 4)),
            draw.choice((None, Fraction(1), Fraction(2), Fraction(5))),
        )
        for slug in draw.sample(SLUGS, draw.randrange(len(SLUGS) + 1))
    }
    modes = draw.choice((frozenset(), frozenset({WorkMode.REMOTE})))
    languages = draw.choice(({}, {"es": None}))
    return Profile(skills=held, languages=languages, preferences=Preferences(modes=modes))


def test_it_finds_what_the_match_finds_and_the_gate_shuts_nobody_out_of_it():
    draw = Random(20261122)
    found, shut = 0, 0
    for _ in range(3_000):
        profile, posting = _profile(draw), _posting(draw)
        whole = match(profile, posting, today=TODAY)
        near = near_match(profile, posting, today=TODAY)
        is_near = whole.is_eligible and whole.tier in (Tier.ALL, Tier.ONE_GAP)
        assert near == (whole if is_near else None)
        if Gate.of(posting).shuts_out(profile):
            assert near is None
            shut += 1
        found += near is not None
    assert (found > 500, shut > 100) == (True, True)
