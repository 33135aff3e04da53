"""What still keeps a draft from being submitted, one problem a field. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from postings.content import PostingContent, RequirementRow, ZonedPay
from postings.enums import RequirementKind, WorkMode
from postings.policy import REPLY_DAYS
from postings.wording.hints import Hint
from postings.wording.lint import walls

MIN_RESPONSIBILITIES: Final = 3
MOST_QUESTIONS: Final = 3
MAX_SPREAD: Final = 5
"""The upper end of a band is at most this many times its lower end: more says nothing."""
SANE_ANNUAL_EUROS: Final = (Decimal(500), Decimal(1_500_000))
"""A yearly figure outside of this, at the reference rate, is a slip of the period."""
_GUESSES: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("The title", "from the first line"),
    "level": ("The level", "from the title"),
    "employment": ("The type of employment", "from the text"),
    "text_language": ("The language of the text", "from the text"),
    "mode": ("The way of working", "from the place and the text"),
    "locations": ("The place", "from the text"),
    "applicant_countries": ("Where people may work from", "from the place of work"),
    "pay_bands": ("The pay", "from the text"),
    "apply_url": ("The address to apply at", "from the text"),
    "responsibilities": ("What the person does", "from the ad"),
    "requirements": ("What you ask for", "from the ad"),
}
"""What importers guess: its name, and from what."""
_OTHER: Final = ("An answer", "from the ad")


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` of `PostingContent` that needs an answer, and a sentence that says which.

    `guessed`: the answer is there, but an importer guessed it and nobody has looked at it yet.
    `row`: which row of a list it is about, where one row alone is.
    """

    field: str
    message: str
    guessed: bool = False
    row: int | None = None


def problems(
    content: PostingContent, *, today: date, per_euro: Mapping[str, Decimal]
) -> tuple[Problem, ...]:
    """All that keeps `content` from review, empty when it can go: what is missing or can't be
    meant, in the order of the wizard, then what was guessed.

    `per_euro`: units of each currency for one euro; a currency without a rate skips the check
    against a slip of the period. `today` is the employer's date.
    """
    return (
        *_about(content),
        *_place(content),
        *_pay(content, per_euro),
        *_work(content),
        *_requirements(content),
        *_closing(content, today),
        *_payment_requests(content),
        *_unconfirmed(content),
    )


def _about(content: PostingContent) -> Iterator[Problem]:
    if not content.title.strip():
        yield Problem("title", "Enter the title of the job.")
    if content.level is None:
        yield Problem("level", "Choose the level of the job.")
    if not content.employment:
        yield Problem("employment", "Choose at least one type of employment.")
    if not content.description.strip():
        yield Problem("description", "Describe the job in a few sentences.")


def _place(content: PostingContent) -> Iterator[Problem]:
    if content.mode is None:
        yield Problem("mode", "Choose where the work is done: on site, hybrid or remote.")
    elif content.mode is WorkMode.REMOTE:
        if not content.applicant_countries:
            yield Problem(
                "applicant_countries", "Choose at least one country that people may work from."
            )
        known = tuple(f"{code}-" for code in content.applicant_countries)
        if strays := [s for s in content.applicant_subdivisions if not s.startswith(known)]:
            yield Problem(
                "applicant_subdivisions",
                f"{', '.join(strays)} lies in none of the countries that people may work from.",
            )
    elif not content.locations:
        yield Problem("locations", "Enter the place where the work is done.")
    if (
        content.utc_offset_min is not None
        and content.utc_offset_max is not None
        and content.utc_offset_min > content.utc_offset_max
    ):
        yield Problem("utc_offset_min", "The first UTC offset must not be after the last.")


def _pay(content: PostingContent, per_euro: Mapping[str, Decimal]) -> Iterator[Problem]:
    if not content.pay_bands:
        yield Problem("pay_bands", "Enter the pay: the least and the most you will pay.")
    for zoned in content.pay_bands:
        if (message := band_problem(zoned, per_euro)) is not None:
            yield Problem("pay_bands", message)
    zones = [country for zoned in content.pay_bands for country in zoned.zone]
    if len(zones) != len(set(zones)):
        yield Problem("pay_bands", "Each country may stand in one pay band only.")
    if sum(not zoned.zone for zoned in content.pay_bands) > 1:
        yield Problem("pay_bands", "Only one pay band can be for everywhere.")


def band_problem(zoned: ZonedPay, per_euro: Mapping[str, Decimal]) -> str | None:
    """Why this band can't be meant; None when it is plausible."""
    band = zoned.band
    if band.maximum > band.minimum * MAX_SPREAD:
        return f"The most is over {MAX_SPREAD} times the least. Give the band that you will pay."
    rate = per_euro.get(band.currency)
    if rate is None:
        return None
    low, high = SANE_ANNUAL_EUROS
    if Decimal(band.annual_max) / rate < low:
        return f"This is too little for a {band.period}. Check the amount and the period."
    if Decimal(band.annual_min) / rate > high:
        return f"This is too much for a {band.period}. Check the amount and the period."
    return None


def _work(content: PostingContent) -> Iterator[Problem]:
    if len(content.responsibilities) < MIN_RESPONSIBILITIES:
        yield Problem(
            "responsibilities", f"List at least {MIN_RESPONSIBILITIES} things the person will do."
        )


def _requirements(content: PostingContent) -> Iterator[Problem]:
    if not content.musts:
        yield Problem("requirements", "Add at least one requirement that is a must.")
    for row in content.requirements:
        if not is_whole(row):
            yield Problem("requirements", "Finish each requirement: one does not say what it asks.")
            return


def is_whole(row: RequirementRow) -> bool:
    """True when the row says what its kind needs; the table's constraint says the same."""
    match row.kind:
        case RequirementKind.LANGUAGE:
            return bool(row.language)
        case RequirementKind.EDUCATION:
            return row.education is not None
        case RequirementKind.EXPERIENCE:
            return bool(row.name) and row.min_years is not None
        case _:
            return bool(row.skill)


def _closing(content: PostingContent, today: date) -> Iterator[Problem]:
    if content.vacancy_exists is None:
        yield Problem("vacancy_exists", "Say whether this is an open vacancy.")
    if content.ai_used is None:
        yield Problem("ai_used", "Say whether you use AI to screen or choose people.")
    elif content.ai_used and not content.ai_note.strip():
        yield Problem("ai_note", "Say what the AI does.")
    if not content.apply_url and content.reply_days is None:
        yield Problem("apply_url", "Say whether people apply here or at an address of yours.")
    if content.applies_here and content.reply_days not in REPLY_DAYS:
        yield Problem("reply_days", "Choose within how many days everybody gets an answer.")
    if len(content.questions) > MOST_QUESTIONS:
        yield Problem("questions", f"Ask at most {MOST_QUESTIONS} questions of your own.")
    if content.apply_until is not None and content.apply_until < today:
        yield Problem("apply_until", "The last day to apply must not be in the past.")


def _payment_requests(content: PostingContent) -> Iterator[Problem]:
    """One problem a text, however often it asks: in the order of the texts."""
    first: dict[tuple[str, int | None], Hint] = {}
    for hint in walls(content):
        first.setdefault((hint.field, hint.row), hint)
    for (field, row), hint in first.items():
        yield Problem(field, f"“{hint.words}” asks people for money. {hint.message}", row=row)


def guesses(content: PostingContent) -> dict[str, str]:
    """What to say at each field that an importer guessed and nobody has confirmed yet."""
    return {
        name: f"Guessed {_GUESSES.get(name, _OTHER)[1]}: check it"
        for name in content.guessed
        if getattr(content, name, None)
    }


def _unconfirmed(content: PostingContent) -> Iterator[Problem]:
    for name in guesses(content):
        what, source = _GUESSES.get(name, _OTHER)
        yield Problem(name, f"{what} was guessed {source}. Check it and save.", guessed=True)
