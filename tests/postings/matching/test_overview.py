"""All matches of one profile: groups, what keeps some away, and what one fact would open."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from postings.content import Place, PostingContent
from postings.enums import Cefr, Importance, RequirementKind, WorkMode
from postings.match_drawing import draw
from postings.matching.changes import changes
from postings.matching.explanations import explanations
from postings.matching.explanations import number as shown
from postings.matching.inputs import Held, Preferences, Profile, posting_facts
from postings.matching.openings import Openings
from postings.matching.overview import overview
from postings.matching.ranking import Tier, match
from postings.matching.signals import Status
from tests.factories.postings import asks
from tests.postings.matching.drawn import TODAY, postings, profiles
from tests.postings.matching.test_ranking import NOW, TERMS, facts

SPANISH = asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2)
MINE = Profile(
    skills={"zendesk": Held(3)},
    preferences=Preferences(countries=("US",), modes=frozenset({WorkMode.ONSITE})),
)


def hybrid(*rows, id: str, country: str):
    content = PostingContent(requirements=rows, mode=WorkMode.HYBRID, locations=(Place(country),))
    return posting_facts(content, id=id, published_at=NOW, terms=TERMS, spots={})


def test_groups_and_what_is_kept_away():
    zendesk = asks("zendesk", 1)
    every = [
        facts(zendesk, id="all"),
        facts(zendesk, SPANISH, id="stretch"),
        facts(zendesk, SPANISH, id="hidden"),
        facts(asks("coaching", 1), SPANISH, id="more"),
        facts(id="nothing asked"),
        facts(zendesk, id="abroad", country="PL"),
        hybrid(zendesk, id="hybrid", country="US"),
        hybrid(zendesk, SPANISH, id="hybrid abroad", country="PL"),
    ]
    found = overview(MINE, every, today=TODAY, hidden={"hidden", "abroad"})
    assert [one.posting.id for one in found.eligible] == [
        "all", "stretch", "more", "nothing asked",
    ]  # fmt: skip
    assert [one.posting.id for one in found.stretch] == ["stretch"]
    assert dict(found.tiers) == {Tier.ALL: 1, Tier.ONE_GAP: 1, Tier.MORE: 1, None: 1}
    assert found.hidden_eligible == 1
    assert [(one.name, one.count, one.alone, one.met) for one in found.failed] == [
        ("place", 2, 1, 1), ("mode", 2, 1, 1),
    ]  # fmt: skip
    assert [one.posting.id for one in found.failing("mode")] == ["hybrid", "hybrid abroad"]
    assert [one.posting.id for one in found.failing("visa")] == []


def test_what_each_fact_would_do():
    coaching = {"importance": Importance.NICE}
    every = [
        facts(asks("zendesk", 1, min_level=4), id="a"),
        facts(SPANISH, asks("coaching", 3, **coaching), id="b"),
        facts(SPANISH, asks("coaching", 3, min_level=2, **coaching), id="c"),
        facts(SPANISH, asks("zendesk", 1, min_level=4), id="d"),
        facts(SPANISH, id="abroad", country="PL"),
    ]
    found = overview(MINE, every, today=TODAY)
    said = [(one.name, one.change, one.opens, one.asked, one.is_said) for one in found.gains]
    assert said == [
        ("Spanish", "Confirm Spanish B2", 2, 3, False),
        ("Zendesk", "Zendesk from level 3 to level 4", 1, 2, True),
        ("Coaching", "Confirm Coaching", 0, 2, False),
    ]
    nobody = overview(Profile(), every[:2], today=date(2026, 1, 1))
    assert [one.change for one in nobody.gains] == [
        "Confirm Spanish B2", "Confirm Zendesk, level 4", "Confirm Coaching",
    ]  # fmt: skip


@settings(max_examples=30)
@given(profiles, st.lists(postings(), max_size=4, unique_by=lambda p: p.id))
def test_what_a_fact_opens_is_what_it_would_be(profile, every):
    """The most that any change of the fact opens, counted the long way; nothing that opens is
    left out."""
    matches = [match(profile, posting, today=TODAY) for posting in every]
    already = sum(one.is_in_first_tier for one in matches)
    opens: dict[object, int] = {}
    for found in matches:
        for ask in (ask for row in found.rows for ask in row.group):
            for change in changes(ask, profile, today=TODAY):
                after = [match(change.profile, posting, today=TODAY) for posting in every]
                more = sum(one.is_in_first_tier for one in after) - already
                opens[change.fact] = max(more, opens.get(change.fact, 0))
                assert Openings(matches, today=TODAY).opened_by(change) == more
    said = {one.fact: one.opens for one in overview(profile, every, today=TODAY).gains}
    assert {fact: count for fact, count in said.items() if count} == {
        fact: count for fact, count in opens.items() if count
    }


@settings(max_examples=40)
@given(profiles, st.lists(postings(), min_size=1, max_size=3, unique_by=lambda p: p.id))
def test_what_a_row_says_would_change_it_does(profile, every):
    """For each row the change that gives it most points, with those points; both of the first two
    do more than either; and whatever is said can be drawn."""
    found = match(profile, every[0], today=TODAY)
    matches = [match(profile, posting, today=TODAY) for posting in every]
    [told] = explanations(profile, [found], matches, today=TODAY)
    for number, (row, said) in enumerate(zip(found.rows, told["rows"], strict=True)):
        tried = [c for ask in row.group for c in changes(ask, profile, today=TODAY)]
        points = [match(c.profile, every[0], today=TODAY).rows[number].points for c in tried]
        best = max([*points, row.points])
        if row.signal.status is Status.MET or best == row.points:
            assert said["change"] is None
        else:
            assert said["change"]["points"] == shown(best)
            assert said["change"]["change"] in {
                one.words for one, reached in zip(tried, points, strict=True) if reached == best
            }
    if both := told["together"]:
        assert 100 >= both["score"] > told["counterfactuals"][0]["score"]
    drawing = draw(told)
    assert [row.status for row in drawing.rows] == [row.signal.status for row in found.rows]
    assert sum(count.number for count in drawing.strip.counts) == len(found.rows)
