"""Profiles and postings of the properties, drawn from so few codes that they meet often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.matching.inputs import Ask, Held, PostingFacts, Profile

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SLUGS = ("zendesk", "freshdesk", "coaching")  # the first two are related
CERTIFICATES = ("ccxp", "itil-foundation")
LANGUAGES = ("es", "de")
KIND = RequirementKind

years = st.integers(0, 8)
held_years = st.none() | st.fractions(0, 8, max_denominator=12)
helds = st.builds(Held, st.none() | st.integers(0, 4), held_years)
dates = st.none() | st.sampled_from([TODAY - timedelta(1), TODAY, TODAY + timedelta(1)])
profiles = st.builds(
    Profile,
    skills=st.dictionaries(st.sampled_from([*SLUGS, CERTIFICATES[0]]), helds),
    languages=st.dictionaries(st.sampled_from(LANGUAGES), st.none() | st.sampled_from(Cefr)),
    certificates=st.dictionaries(st.sampled_from(CERTIFICATES), dates),
    education=st.none() | st.sampled_from(EducationLevel),
    experience=held_years,
)
_parts = {
    "id": st.integers(1, 12).map("r{}".format),
    "must": st.booleans(),
}
asks = st.one_of(
    st.builds(
        Ask,
        kind=st.sampled_from([KIND.SKILL, KIND.TOOL]),
        slug=st.sampled_from(SLUGS),
        level=st.none() | st.integers(1, 4),
        years=st.none() | years,
        **_parts,
    ),
    st.builds(Ask, kind=st.just(KIND.CERTIFICATE), slug=st.sampled_from(CERTIFICATES), **_parts),
    st.builds(
        Ask,
        kind=st.just(KIND.LANGUAGE),
        language=st.sampled_from(LANGUAGES),
        cefr=st.none() | st.sampled_from(Cefr),
        **_parts,
    ),
    st.builds(
        Ask,
        kind=st.just(KIND.EDUCATION),
        education=st.sampled_from(EducationLevel),
        years=st.none() | years,
        **_parts,
    ),
    st.builds(Ask, kind=st.just(KIND.EXPERIENCE), years=years, name=st.just("Desks"), **_parts),
)
groups = st.builds(
    lambda members, must: tuple(replace(ask, must=must) for ask in members),
    st.lists(asks, min_size=1, max_size=2),
    st.booleans(),
)


@st.composite
def postings(draw: st.DrawFn) -> PostingFacts:
    """Up to five rows, some of them any-of groups."""
    rows = tuple(draw(st.lists(groups, max_size=5)))
    number = draw(st.integers(0, 999))
    published = NOW - timedelta(days=draw(st.integers(0, 3)))
    return PostingFacts(id=f"p{number}", published_at=published, rows=rows)


def _raised(draw: st.DrawFn, held: Held | None) -> Held:
    """The same holding with something more said of it."""
    more = draw(helds)
    return more if held is None else held.better(more)


@st.composite
def more_of(draw: st.DrawFn, profile: Profile) -> Profile:
    """`profile` with one more fact, or one fact raised."""
    skills = dict(profile.skills)
    languages = dict(profile.languages)
    certificates = dict(profile.certificates)
    education, experience = profile.education, profile.experience
    match draw(st.sampled_from(["skill", "language", "certificate", "education", "experience"])):
        case "skill":
            slug = draw(st.sampled_from([*SLUGS, CERTIFICATES[0]]))
            skills[slug] = _raised(draw, skills.get(slug))
        case "language":
            code, new = draw(st.sampled_from(LANGUAGES)), draw(st.none() | st.sampled_from(Cefr))
            known = [one for one in (languages.get(code), new) if one]
            languages[code] = max(known, default=None)
        case "certificate":
            slug, new_date = draw(st.sampled_from(CERTIFICATES)), draw(dates)
            kept = certificates.get(slug, date.min)
            both = None if None in (kept, new_date) else max(kept, new_date)
            certificates[slug] = both
        case "education":
            levels = [education, draw(st.sampled_from(EducationLevel))]
            education = max((one for one in levels if one), key=lambda one: one.rank)
        case "experience":
            experience = max(experience or Fraction(0), draw(st.fractions(0, 9, max_denominator=4)))
    return Profile(skills, languages, certificates, education, experience)
