import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from pathlib import Path

import pytest
from babel import Locale

import cscareers.core
import postings
import profiles
from cscareers.core.salary import PayBand, PayPeriod
from postings.completeness import problems
from postings.content import PostingContent, RequirementRow
from postings.demo.world import DemoPosting, demo_world
from postings.enums import (
    BenefitKind,
    Cefr,
    Channel,
    EducationLevel,
    EmploymentType,
    ExtraPayKind,
    Importance,
    Kpi,
    Level,
    PostingState,
    RequirementKind,
    Schedule,
    Specialisation,
    WorkMode,
)
from postings.level_templates import all_templates
from postings.policy import REPLY_DAYS

TODAY = date(2026, 3, 2)
PUBLIC_ONCE = {
    PostingState.PUBLISHED,
    PostingState.PAUSED,
    PostingState.FILLED,
    PostingState.CLOSED,
    PostingState.EXPIRED,
    PostingState.SUSPENDED,
}
# What managers earn a year by the career notes, and each level as a share of a manager's pay
# (42, 52, 65, 82, 100, 135 and 185 thousand dollars in the same notes).
MANAGERS_EARN = {
    ("CA", "CAD"): (55_000, 85_000),
    ("GB", "GBP"): (35_000, 55_000),
    ("DE", "EUR"): (40_000, 65_000),
    ("PL", "EUR"): (20_000, 35_000),
    ("PL", "PLN"): (85_000, 149_000),
    ("AU", "AUD"): (70_000, 100_000),
    ("SG", "SGD"): (60_000, 90_000),
    ("IN", "INR"): (800_000, 1_500_000),
    ("BR", "BRL"): (70_000, 120_000),
}
LADDER = dict(zip(Level, (42, 52, 65, 82, 100, 135, 185), strict=True))


def _table(module_file: str | None, name: str) -> list[dict[str, str]]:
    assert module_file is not None
    path = Path(module_file).parent / "data" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


POSTINGS = [posting for employer in demo_world() for posting in employer.postings]
COMPLETE = [posting for posting in POSTINGS if posting.state is not PostingState.DRAFT]
SKILLS = {row["slug"]: row["kind"] for row in _table(profiles.__file__, "skills.tsv")}


def _rows() -> Iterator[RequirementRow]:
    for content in [p.content for p in POSTINGS] + [t.content for t in all_templates()]:
        yield from content.requirements


def test_there_is_enough_of_everything() -> None:
    states = Counter(posting.state for posting in POSTINGS)
    assert len(demo_world()) >= 40
    assert len(POSTINGS) >= 240
    assert states[PostingState.PUBLISHED] >= 200
    assert states[PostingState.IN_REVIEW] >= 10
    assert set(states) == set(PostingState)
    live = [p.content for p in POSTINGS if p.state is PostingState.PUBLISHED]
    assert {content.level for content in live} == set(Level)
    assert {content.mode for content in live} == set(WorkMode)
    countries = {place.country for content in live for place in content.locations}
    assert len(countries) >= 20
    here = Counter(content.reply_days for content in live if content.applies_here)
    assert 0.6 <= here.total() / len(live) <= 0.75
    assert min(here[days] for days in REPLY_DAYS) >= 25
    assert sum(bool(content.questions) for content in live) >= 40
    assert {content.text_language for content in live} == {"en", "de", "es", "fr", "it", "pt"}


@pytest.mark.parametrize(
    ("used", "unused"),
    [
        ({e for p in POSTINGS for e in p.content.employment}, {EmploymentType.VOLUNTEER}),
        ({s for p in POSTINGS for s in p.content.specialisations}, set[Specialisation]()),
        ({c for p in POSTINGS for c in p.content.channels}, set[Channel]()),
        ({k.kind for p in POSTINGS for k in p.content.kpis}, set[Kpi]()),
        ({s for p in POSTINGS for s in p.content.schedule}, set[Schedule]()),
        ({b.kind for p in POSTINGS for b in p.content.benefits}, set[BenefitKind]()),
        ({x.kind for p in POSTINGS for x in p.content.extra_pay}, set[ExtraPayKind]()),
        ({b.band.period for p in POSTINGS for b in p.content.pay_bands}, set[PayPeriod]()),
        ({r.kind for p in POSTINGS for r in p.content.requirements}, set[RequirementKind]()),
        ({r.importance for p in POSTINGS for r in p.content.requirements}, set[Importance]()),
        # Nobody asks for a few words only, and no job of this field needs a doctorate.
        ({r.min_cefr for r in _rows() if r.min_cefr}, {Cefr.A1}),
        (
            {r.education for r in _rows() if r.education},
            {EducationLevel.NONE, EducationLevel.DOCTORATE},
        ),
    ],
    ids=lambda value: next(iter(value)).__class__.__name__ if value else "none",
)
def test_every_coded_value_is_used(used: set[StrEnum], unused: set[StrEnum]) -> None:
    enum = type(next(iter(used)))
    assert used | unused == set(enum)
    assert used & unused == set()


def test_employers_are_made_up_and_told_apart() -> None:
    employers = demo_world()
    assert len({e.slug for e in employers}) == len({e.name for e in employers}) == len(employers)
    for employer in employers:
        host = employer.site.removeprefix("https://").removeprefix("www.")
        assert host.endswith(".example")
        assert host.count(".") == 1
        assert 2 <= employer.description.count(". ") + 1 <= 3
        titles = [posting.content.title for posting in employer.postings]
        assert len(set(titles)) == len(titles) >= 2
        for posting in employer.postings:
            url = posting.content.apply_url
            here = posting.content.applies_here or posting.state is PostingState.DRAFT
            assert url.startswith(employer.site + "/") or here
    assert {employer.verified is None for employer in employers} == {True, False}


def test_places_currencies_and_languages_exist() -> None:
    cities = {
        int(row["geonames_id"]): row["country"]
        for row in _table(cscareers.core.__file__, "cities.tsv")
    }
    countries = {row["code"] for row in _table(cscareers.core.__file__, "countries.tsv")}
    currencies = {row["code"] for row in _table(cscareers.core.__file__, "currencies.tsv")}
    languages = set(Locale("en").languages)
    for employer in demo_world():
        assert cities[employer.city] == employer.country
    for content in (posting.content for posting in POSTINGS):
        for place in content.locations:
            assert place.city is not None
            assert cities[place.city] == place.country
        zones = {country for band in content.pay_bands for country in band.zone}
        assert {*content.applicant_countries, *zones} <= countries
        assert {band.band.currency for band in content.pay_bands} <= currencies
    asked = {row.language for row in _rows() if row.language}
    assert asked <= languages
    assert {len(language) for language in asked} == {2}


def test_skills_tools_and_certificates_stand_in_the_taxonomy() -> None:
    for row in _rows():
        if row.skill is not None:
            assert SKILLS.get(row.skill) == row.kind.value, row


def test_requirement_rows_have_stable_ids_and_real_alternatives() -> None:
    for content in (posting.content for posting in COMPLETE):
        rows = content.requirements
        assert [row.id for row in rows] == [f"r{n}" for n in range(1, len(rows) + 1)]
        assert 4 <= len(rows) <= 9
        skills = [row.skill for row in rows if row.skill]
        assert len(set(skills)) == len(skills), content.title
        for letter in {row.any_of for row in rows} - {None}:
            group = [row for row in rows if row.any_of == letter]
            assert len(group) >= 2
            assert len({row.importance for row in group}) == 1


def _filled_in_on(posting: DemoPosting) -> date:
    return TODAY - timedelta(days=posting.confirmed_days_ago or 0)


def test_all_but_drafts_could_be_submitted_and_a_draft_could_not() -> None:
    for posting in POSTINGS:
        left = problems(posting.content_on(TODAY), today=_filled_in_on(posting), per_euro={})
        assert bool(left) is (posting.state is PostingState.DRAFT), (posting.content.title, left)


def test_dates_fit_the_state() -> None:
    for posting in POSTINGS:
        days = (posting.published_days_ago, posting.confirmed_days_ago)
        if posting.state not in PUBLIC_ONCE:
            assert days == (None, None)
            continue
        published, confirmed = days
        assert published is not None
        assert confirmed is not None
        assert published >= confirmed >= 0
        until = posting.apply_until_days
        over = (until is not None and until < 0) or confirmed >= 60
        if posting.state in (PostingState.PUBLISHED, PostingState.PAUSED):
            assert confirmed < 7  # nobody is asked about it, and nothing is paused, for a week
        if posting.state in (PostingState.PUBLISHED, PostingState.PAUSED, PostingState.EXPIRED):
            assert over is (posting.state is PostingState.EXPIRED), posting.content.title


def test_moderators_said_why() -> None:
    for posting in POSTINGS:
        assert (posting.rejection is not None) is (posting.state is PostingState.REJECTED)
        told = {PostingState.REJECTED, PostingState.SUSPENDED}
        assert bool(posting.note) is (posting.state in told)


def test_the_deadline_counts_from_the_day_of_loading() -> None:
    posting = next(p for p in POSTINGS if p.apply_until_days == 30)
    assert posting.content.apply_until is None
    assert posting.content_on(date(2026, 1, 31)).apply_until == date(2026, 3, 2)
    without = next(p for p in POSTINGS if p.apply_until_days is None)
    assert without.content_on(TODAY) is without.content


def _homes(content: PostingContent, zone: tuple[str, ...]) -> set[str]:
    return set(zone or [p.country for p in content.locations] or content.applicant_countries)


def _full_time(band: PayBand) -> tuple[Decimal, Decimal]:
    """A year of the band at full time, as pay statistics count it."""
    share = Decimal(1)
    hours = band.hours_per_week
    if hours is not None and (band.period is PayPeriod.HOUR or hours < 30):
        share = Decimal(40) / hours
    return band.annual_min * share, band.annual_max * share


def _bands(country: str) -> Iterator[tuple[PostingContent, PayBand]]:
    for posting in POSTINGS:
        for zoned in posting.content.pay_bands:
            if country in _homes(posting.content, zoned.zone):
                yield posting.content, zoned.band


def test_pay_in_the_united_states_is_inside_published_percentiles() -> None:
    yearly = [r for r in _table(postings.__file__, "oews_bands.tsv") if r["period"] == "year"]
    occupations = {"representative": "43-4051", "specialist": "43-4051"}
    occupations |= {"supervisor": "43-1011", "manager": "43-1011"}
    occupations |= {"senior-manager": "11-3012", "director": "11-1021", "vp": "11-1021"}
    rows = {row["soc"]: row for row in yearly}
    checked = 0
    for content, band in _bands("US"):
        assert content.level is not None
        assert band.currency == "USD"
        row = rows[occupations[content.level.value]]
        low, high = _full_time(band)
        assert Decimal(row["p10"]) <= low <= high <= Decimal(row["p90"]), content.title
        checked += 1
    assert checked >= 20


@pytest.mark.parametrize(("country", "currency"), list(MANAGERS_EARN))
def test_pay_elsewhere_is_inside_the_range_of_the_country_at_the_level(
    country: str, currency: str
) -> None:
    least, most = MANAGERS_EARN[country, currency]
    checked = 0
    for content, band in _bands(country):
        if band.currency != currency:
            continue
        assert content.level is not None
        share = Decimal(LADDER[content.level]) / LADDER[Level.MANAGER]
        low, high = _full_time(band)
        slack = Decimal("0.02")
        assert least * share * (1 - slack) <= low, content.title
        assert high <= most * share * (1 + slack), content.title
        checked += 1
    assert checked


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


def test_texts_differ() -> None:
    texts = {p.content.title: _shingles(p.content.description) for p in COMPLETE}
    for (first, a), (second, b) in combinations(texts.items(), 2):
        assert len(a & b) / min(len(a), len(b)) < 0.04, (first, second)


def test_texts_have_the_length_and_the_manners_of_a_careful_advertisement() -> None:
    sentences = Counter(r for posting in POSTINGS for r in posting.content.responsibilities)
    assert sentences.most_common(1)[0][1] == 1
    for content in (posting.content for posting in COMPLETE):
        assert 60 <= len(content.description.split()) <= 260, content.title
        assert 3 <= len(content.responsibilities) <= 7
        assert content.kpis
        assert content.benefits
        assert content.channels
        assert content.schedule
        lead = content.level is not None and content.level.step >= Level.SUPERVISOR.step
        assert (content.team_size is not None) is lead, content.title
        for text in (content.title, content.description, *content.responsibilities):
            assert not set("!<>[]{}") & set(text), text
