"""What a profile says, section by section: for the profile's own pages and the overview.

A profile that is not saved yet says nothing and takes no query.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from cscareers.core.currencies import format_amount
from cscareers.core.places import area_name
from cscareers.core.salary import PayPeriod
from profiles.blocking import blocks_of
from profiles.enums import Level, Schedule, SkillKind, Visibility, WorkMode
from profiles.labels import label
from profiles.models import (
    CandidateCertificate,
    CandidateLanguage,
    CandidateProfile,
    CandidateSkill,
    Education,
    Evidence,
    Experience,
)
from profiles.profile_rows import rows_of

SECTION_URL: Final = "me:profile_section"


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `kinds` are those of its rows (see `profile_rows.KINDS`), `count` their number
    (None: it has no rows of its own), `lines` what it says, for a summary."""

    slug: str
    title: str
    kinds: tuple[str, ...] = ()
    count: int | None = None
    lines: tuple[str, ...] = ()

    url_name = SECTION_URL

    @property
    def url(self) -> str:
        return reverse(SECTION_URL, kwargs={"section": self.slug})

    @property
    def is_empty(self) -> bool:
        """True when nothing is said in it; of `sections`, not of `outline`."""
        return not self.lines


SECTIONS: Final = (
    Section("about", "About you"),
    Section("conditions", "Conditions"),
    Section("work", "Work", ("experience", "evidence")),
    Section("skills", "Skills", ("skills",)),
    Section("tools", "Tools", ("tools",)),
    Section("languages", "Languages", ("languages",)),
    Section("education", "Education and certificates", ("education", "certificates")),
    Section("visibility", "Who can see this"),
)
"""In the order of the pages; without anybody's facts."""
SLUGS: Final = tuple(section.slug for section in SECTIONS)


def outline(profile: CandidateProfile) -> list[Section]:
    """The sections with the number of their rows, for the side of the page; one query."""
    counted = _counts(profile) if profile.pk else dict.fromkeys(_COUNTED, 0)
    return [
        replace(one, count=sum(counted[kind] for kind in one.kinds)) if one.kinds else one
        for one in SECTIONS
    ]


def sections(profile: CandidateProfile, *, today: date) -> list[Section]:
    """The sections with all they say; twelve queries, however many rows there are."""
    found = []
    for one in SECTIONS:
        rows = [row for kind in one.kinds for row in rows_of(profile, kind, today=today)]
        own = _OWN[one.slug](profile, today) if one.slug in _OWN else ()
        lines = (*own, *(row.line for row in rows))
        found.append(replace(one, count=len(rows) if one.kinds else None, lines=lines))
    return found


def _skills_of(kind: SkillKind) -> QuerySet[Any]:
    return CandidateSkill.objects.filter(skill__kind=kind)


_COUNTED: Final[Mapping[str, QuerySet[Any]]] = {
    "experience": Experience.objects.all(),
    "evidence": Evidence.objects.all(),
    "skills": _skills_of(SkillKind.SKILL),
    "tools": _skills_of(SkillKind.TOOL),
    "languages": CandidateLanguage.objects.all(),
    "education": Education.objects.all(),
    "certificates": CandidateCertificate.objects.all(),
}


def _counts(profile: CandidateProfile) -> dict[str, int]:
    numbers = {
        kind: Coalesce(
            Subquery(
                rows.filter(profile=OuterRef("pk"))
                .order_by()
                .values("profile")
                .annotate(number=Count("pk"))
                .values("number"),
                output_field=IntegerField(),
            ),
            0,
        )
        for kind, rows in _COUNTED.items()
    }
    found = CandidateProfile.objects.filter(pk=profile.pk).values_list(*numbers.values()).get()
    return dict(zip(numbers, found, strict=True))


def about_lines(profile: CandidateProfile, today: date) -> tuple[str, ...]:
    """Headline, summary and levels, as far as they are said."""
    levels = (("Level now", profile.level_now), ("Level wanted", profile.level_wanted))
    said = (f"{words}: {label(Level(level))}" for words, level in levels if level)
    return tuple(part for part in (profile.headline, profile.summary, *said) if part)


def conditions_lines(profile: CandidateProfile, today: date) -> tuple[str, ...]:
    """Pay, ways of working, places and rights to work, as far as they are said."""
    modes = [label(mode) for mode in WorkMode if mode in profile.modes]
    schedules = [label(one) for one in Schedule if one in profile.schedules]
    lines = [
        pay_words(profile),
        ", ".join(modes),
        *(row.line for row in rows_of(profile, "places", today=today)),
        _after("May work in ", ", ".join(area_name(code) for code in profile.work_countries)),
        _after("Works remotely from ", area_name(profile.remote_from)),
        ", ".join(schedules),
        {True: "Needs a visa", False: "Needs no visa", None: ""}[profile.visa_needed],
    ]
    return tuple(line for line in lines if line)


def pay_words(profile: CandidateProfile) -> str:
    """ "At least €40,000 a year"; empty when no least pay is said."""
    if profile.pay_floor is None:
        return ""
    amount = format_amount(profile.pay_floor, profile.pay_currency)
    return f"At least {amount} {label(PayPeriod(profile.pay_period))}"


def visibility_lines(profile: CandidateProfile, today: date) -> tuple[str, ...]:
    """Who may see the profile, and how many are blocked."""
    words = label(Visibility(profile.visibility))
    blocked = len(blocks_of(profile))
    if not blocked:
        return (words,)
    return (words, "1 employer blocked" if blocked == 1 else f"{blocked} employers blocked")


def _after(before: str, words: str) -> str:
    return f"{before}{words}" if words else ""


_OWN: Final = {
    "about": about_lines,
    "conditions": conditions_lines,
    "visibility": visibility_lines,
}
