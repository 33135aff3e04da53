"""What holds of every match, whatever the profile and the posting."""

import dataclasses
import json
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from postings.matching.changes import changes
from postings.matching.counterfactuals import counterfactuals
from postings.matching.explanations import explanations
from postings.matching.inputs import Held, PostingFacts, Preferences, Profile
from postings.matching.openings import Openings
from postings.matching.ranking import Match, Tier, match, ranked
from postings.matching.signals import Status, signal
from tests.postings.matching.drawn import SLUGS, TODAY, asks, more_of, postings, profiles

EXAMPLES = settings(max_examples=40)
TIERS = [Tier.MORE, Tier.ONE_GAP, Tier.ALL]


def found(profile: Profile, posting: PostingFacts) -> Match:
    return match(profile, posting, today=TODAY)


def spelled(profile: Profile, every: list[PostingFacts]) -> bytes:
    matches = ranked(found(profile, posting) for posting in every)
    return json.dumps(explanations(profile, matches, matches, today=TODAY)).encode()


@EXAMPLES
@given(st.data(), profiles, postings())
def test_saying_more_never_lowers_score_or_tier(data, profile, posting):
    before, after = found(profile, posting), found(data.draw(more_of(profile)), posting)
    for old, new in zip(before.rows, after.rows, strict=True):
        assert new.points >= old.points
    if before.tier is not None:
        assert TIERS.index(after.tier) >= TIERS.index(before.tier)
    if before.score is not None:
        assert after.score >= before.score


@EXAMPLES
@given(st.data(), profiles, asks)
def test_a_related_term_never_lowers_a_row_either(data, profile, ask):
    names = {slug: slug.title() for slug in SLUGS}
    related = {SLUGS[0]: {slug: names[slug] for slug in SLUGS[1:]}, SLUGS[1]: {SLUGS[0]: "Zendesk"}}
    before = signal(ask, profile, today=TODAY, related=related)
    after = signal(ask, data.draw(more_of(profile)), today=TODAY, related=related)
    assert after.fit >= before.fit >= signal(ask, profile, today=TODAY, related={}).fit


@EXAMPLES
@given(profiles, postings())
def test_the_explanation_sums_to_the_score(profile, posting):
    one = found(profile, posting)
    for row in one.rows:
        fit, status = row.signal.fit, row.signal.status
        assert (0 <= fit <= 1, status is Status.MET) == (True, fit == 1)
        assert (status is Status.PARTIAL) == (0 < fit < 1)
    if one.score is None:
        assert not posting.rows or profile.says_nothing
        return
    points = sum((row.points for row in one.rows), Fraction(0))
    most = sum((row.weight for row in one.rows), 0)
    unknown = sum(r.weight for r in one.rows if r.signal.status is Status.UNKNOWN)
    assert one.score == 100 * points / most
    assert one.score_if_confirmed == 100 * (points + unknown) / most
    assert 0 <= one.score <= one.score_if_confirmed <= 100
    assert sum(one.musts.values()) == sum(row.ask.must for row in one.rows)


@EXAMPLES
@given(profiles, st.lists(postings(), max_size=4, unique_by=lambda p: p.id), st.randoms())
def test_the_order_of_postings_and_of_facts_changes_no_byte(profile, every, random):
    turned = list(every)
    random.shuffle(turned)
    facts = {
        name: dict(reversed(getattr(profile, name).items()))
        for name in ("skills", "languages", "certificates")
    }
    other = dataclasses.replace(profile, **facts)
    assert spelled(other, turned) == spelled(profile, every)


@EXAMPLES
@given(profiles, postings(), st.randoms())
def test_the_order_of_rows_changes_no_row(profile, posting, random):
    turned = list(posting.rows)
    random.shuffle(turned)
    one, other = found(profile, posting), found(
        profile, dataclasses.replace(posting, rows=tuple(turned))
    )  # fmt: skip
    assert (other.score, other.tier, other.musts) == (one.score, one.tier, one.musts)
    by_row = {row.group: row for row in one.rows}
    assert {row.group: row for row in other.rows} == by_row


@EXAMPLES
@given(st.lists(st.builds(Held, st.none() | st.integers(0, 4)), min_size=1, max_size=4))
def test_repeated_statements_are_one(statements):
    whole = statements[0]
    for one in statements[1:]:
        whole = whole.better(one)
    again = whole
    for one in reversed(statements):
        again = again.better(one)
    assert again == whole


@EXAMPLES
@given(profiles, st.lists(postings(), min_size=1, max_size=4, unique_by=lambda p: p.id))
def test_a_change_does_what_it_says(profile, every):
    """The score after it, and how many more postings are in the first tier, counted the long way;
    no other change of the first posting's rows would raise it more."""
    matches = [found(profile, posting) for posting in every]
    openings = Openings(matches, today=TODAY)
    promised = counterfactuals(profile, matches[:1], openings, today=TODAY)[every[0].id].best
    done = {}
    for row in (row for row in matches[0].rows if row.signal.status is not Status.MET):
        for change in (c for ask in row.group for c in changes(ask, profile, today=TODAY)):
            after = [found(change.profile, posting) for posting in every]
            opens = sum(new.is_in_first_tier for new in after)
            opens -= sum(old.is_in_first_tier for old in matches)
            done[change.words] = (after[0].score, after[0].tier, opens)
    raising = sorted((s for s, *_ in done.values() if s > (matches[0].score or 0)), reverse=True)
    assert [one.after.score for one in promised] == raising[: len(promised)]
    assert len(promised) == min(3, len(raising))
    said = [(one.after.score, one.after.tier, one.opens) for one in promised]
    assert said == [done[one.change] for one in promised]


def test_a_profile_has_no_place_for_who_somebody_is():
    assert [f.name for f in dataclasses.fields(Profile)] == [
        "skills", "languages", "certificates", "education", "experience", "not_spoken",
            "preferences",
    ]  # fmt: skip
    assert [f.name for f in dataclasses.fields(Preferences)] == [
        "countries", "remote_from", "modes", "pay_floor", "visa_needed",
        "places", "level_wanted", "level_now",
    ]  # fmt: skip
