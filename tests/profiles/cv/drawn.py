"""Facts of a profile, drawn by Hypothesis: everything that its tables accept."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from profiles.cv.facts import COLUMNS, MOST_HIGHLIGHTS, Fact, plain
from profiles.cv.known import Known, Term
from profiles.cv.words import language_codes
from profiles.enums import (
    Cefr,
    EducationLevel,
    FactKind,
    Kpi,
    Level,
    Schedule,
    SkillKind,
    WorkKind,
    WorkMode,
)
from profiles.periods import is_before

CERTIFICATES = ["itil", "coach-licence"]
SKILLS = ["zendesk", "coaching", "excel"]
NAMES = {slug: slug.replace("-", " ").title() for slug in [*SKILLS, *CERTIFICATES]}
TERMS = {
    text: Term(slug, name, SkillKind.CERTIFICATE if slug in CERTIFICATES else SkillKind.SKILL)
    for slug, name in NAMES.items()
    for text in (slug, name)
}
KNOWN = Known(TERMS, {1, 22}, {"US", "DE", "PL"}, {"US-OH"})

kept = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def text(most: int) -> st.SearchStrategy[str]:
    """A line as a form hands it over: without outer blanks and control characters."""
    line = st.characters(exclude_categories=["Cs", "Cc"])
    return st.text(line, min_size=1, max_size=most).map(lambda drawn: drawn.strip() or "x")


def lines(most: int) -> st.SearchStrategy[str]:
    return st.text(kept, min_size=1, max_size=most).map(lambda drawn: drawn.strip() or "x")


days = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str)
dates = days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])
urls = st.sampled_from(["https://example.com", "http://a.example.org:81/x?y=ä#z"])


def number(least: str, most: str, places: int) -> st.SearchStrategy[str]:
    return st.decimals(Decimal(least), Decimal(most), places=places).map(plain)


def code(enum: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in enum])


def codes(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=1)


def fact(
    kind: FactKind, needed: dict[str, Any] | None = None, **optional: Any
) -> st.SearchStrategy[Fact]:
    """A fact of this kind: always with what is `needed`, sometimes with the rest."""
    assert {*(needed or {}), *optional} <= set(COLUMNS[kind])
    drawn = st.fixed_dictionaries(needed or {}, optional=optional)
    return drawn.map(_in_order).map(lambda values: Fact(kind, values))


def _in_order(values: dict[str, Any]) -> dict[str, Any]:
    if {"started", "ended"} <= values.keys() and is_before(values["ended"], values["started"]):
        values = {**values, "started": values["ended"], "ended": values["started"]}
    if {"before", "after"} & values.keys():
        values = {"kpi": Kpi.CSAT.value, **values}
    return values


span = {"started": dates, "ended": dates}
experience = fact(
    FactKind.EXPERIENCE,
    {"kind": st.just(WorkKind.JOB.value), "position": text(160)},
    employer_name=text(160),
    level=code(Level),
    location=text(160),
    url=urls,
    summary=lines(200),
    highlights=st.lists(text(50), min_size=1, max_size=MOST_HIGHLIGHTS),
    **span,
)
volunteering = experience.map(
    lambda job: Fact(job.kind, {**job.values, "kind": WorkKind.VOLUNTEER.value})
)
evidence = fact(
    FactKind.EVIDENCE,
    {"what": text(160)},
    where=text(160),
    slug=st.sampled_from(SKILLS),
    team_size=st.integers(0, 100_000),
    kpi=code(Kpi),
    before=number("-9999999999", "9999999999", 2),
    after=number("0", "100", 2),
    unit=text(20),
    how=lines(100),
    **span,
)
education = st.one_of(
    fact(
        FactKind.EDUCATION,
        {"study_type": text(30) | st.sampled_from(["BSc", "Master of Arts"])},
        level=code(EducationLevel),
        area=text(120),
        institution=text(160),
        **span,
    ),
    fact(FactKind.EDUCATION, {"level": code(EducationLevel)}, **span),
)
named_certificate = fact(
    FactKind.CERTIFICATE,
    {"name": text(160) | st.sampled_from(list(TERMS))},
    issuer=text(120),
    url=urls,
    issued=dates,
    expires=days,
)


def _each(kind: FactKind, key: str, values: Any, **optional: Any) -> Any:
    """A list of facts with distinct values of `key`."""
    one = fact(kind, {key: st.sampled_from(values)}, **optional)
    return st.lists(one, unique_by=lambda drawn: drawn.values[key], max_size=3)


about = [
    fact(FactKind.ABOUT, {"headline": text(120)}),
    fact(FactKind.ABOUT, {"summary": lines(300)}),
    fact(FactKind.ABOUT, {"level_now": code(Level)}),
    fact(FactKind.ABOUT, {"level_wanted": code(Level)}),
]
wishes = [
    fact(
        FactKind.WISH,
        {"pay_floor": number("0.01", "9999999999", 2), "pay_currency": st.just("USD")},
        pay_period=st.sampled_from(["hour", "year"]),
    )
    | fact(FactKind.WISH, {"pay_currency": st.just("EUR")}, pay_period=st.just("month")),
    fact(FactKind.WISH, {"modes": codes([mode.value for mode in WorkMode])}),
    fact(FactKind.WISH, {"work_countries": codes(["US", "DE", "PL"])}),
    fact(FactKind.WISH, {"remote_from": st.sampled_from(["US", "US-OH"])}),
    fact(FactKind.WISH, {"schedules": codes([one.value for one in Schedule])}),
    fact(FactKind.WISH, {"visa_needed": st.booleans()}),
]


@st.composite
def profiles(draw: st.DrawFn) -> list[Fact]:
    """All that one profile says."""
    found = [draw(one) for one in [*about, *wishes] if draw(st.booleans())]
    for rows in (
        _each(
            FactKind.SKILL,
            "slug",
            SKILLS,
            level=st.integers(0, 4),
            years=number("0", "60", 1),
            last_used=dates,
        ),
        _each(FactKind.LANGUAGE, "code", sorted(set(language_codes().values())), cefr=code(Cefr)),
        _each(
            FactKind.CERTIFICATE,
            "slug",
            CERTIFICATES,
            issuer=text(120),
            url=urls,
            issued=dates,
            expires=days,
        ),
        _each(FactKind.PLACE, "city", [1, 22], radius_km=st.integers(0, 500)),
        st.lists(named_certificate, max_size=2),
        st.lists(experience | volunteering, max_size=3),
        st.lists(evidence, max_size=2),
        st.lists(education, max_size=2),
    ):
        found += draw(rows)
    return found
