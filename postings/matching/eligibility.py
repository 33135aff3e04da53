"""Whether a person and a posting can come together at all: each constraint with its reason. Pure.

None is not known, and does not exclude. Nothing here is about what somebody can do.
"""

from dataclasses import dataclass
from typing import Final

from cscareers.core.distance import kilometres
from postings.content import ZonedPay
from postings.enums import Level, WorkMode
from postings.labels import label
from postings.matching import words
from postings.matching.inputs import PayFloor, PostingFacts, Preferences

NAMES: Final = ("place", "mode", "pay", "visa", "level")
LEVEL_REACH: Final = 1
"""Steps of the ladder on either side of the level that somebody wants."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """`passed` None: not known."""

    name: str
    passed: bool | None
    reason: str


def constraints(mine: Preferences, posting: PostingFacts) -> tuple[Constraint, ...]:
    """Place, way of working, pay and visa, in this order; then the level, of whoever names one."""
    found = (place(mine, posting), mode(mine, posting), pay(mine, posting), visa(mine, posting))
    return found if mine.level_wanted is None else (*found, level(mine.level_wanted, mine, posting))


def place(mine: Preferences, posting: PostingFacts) -> Constraint:
    """My countries against the places of work, or against who may apply to a remote job; where
    somebody has to be there, also how far that is from the places that I name."""
    found = country(mine, posting)
    if posting.mode is WorkMode.REMOTE or not mine.places or found.passed is False:
        return found
    if not posting.spots:
        return Constraint("place", None, f"{found.reason} The job names no city.")
    ways = [(kilometres(r.spot.at, s.at), r, s) for r in mine.places for s in posting.spots]
    near = [way for way in ways if way[0] <= way[1].radius_km]
    away, reach, spot = min(near or ways, key=lambda way: (way[0], way[1].spot.name))
    told = f"{spot.name} is {words.kilometres(away)} from {reach.spot.name}"
    if near:
        return Constraint("place", True, f"{found.reason} {told}.")
    return Constraint("place", False, f"{told}; you go up to {reach.radius_km} km.")


def country(mine: Preferences, posting: PostingFacts) -> Constraint:
    """My countries alone, as `place` reads them."""
    remote = posting.mode is WorkMode.REMOTE
    areas = (mine.remote_from,) if remote and mine.remote_from else mine.countries
    theirs = posting.areas if remote else posting.countries
    if not theirs:
        what = "from where people may work" if remote else "where the work is done"
        return Constraint("place", None, f"The job does not say {what}.")
    asked = f"{'Open to people in' if remote else 'The job is in'} {words.areas(theirs)}."
    if not areas:
        return Constraint("place", None, f"{asked} You don’t say where you may work.")
    accepted = [_accepts(area, posting) if remote else area in theirs for area in areas]
    reason = f"{asked} You may work in: {words.areas(areas)}."
    if True in accepted:
        return Constraint("place", True, reason)
    if None in accepted:
        reason = f"{asked} No other part of the country; you don’t say in which you are."
        return Constraint("place", None, reason)
    return Constraint("place", False, reason)


def _accepts(area: str, posting: PostingFacts) -> bool | None:
    """Whether somebody in `area` may do it; None for a country that is accepted in part."""
    country = area.partition("-")[0]
    if country in posting.areas or area in posting.areas:
        return True
    if area != country:
        return False
    return None if any(code.startswith(f"{country}-") for code in posting.areas) else False


def mode(mine: Preferences, posting: PostingFacts) -> Constraint:
    """My ways of working against the job's."""
    if posting.mode is None:
        return Constraint("mode", None, "The job does not say how one works.")
    theirs = label(posting.mode)
    if not mine.modes:
        return Constraint("mode", None, f"{theirs}; you don’t say which ways of working suit you.")
    # In the order of the enum: a set has none, and the words must be the same each time.
    chosen = " or ".join(label(one) for one in WorkMode if one in mine.modes)
    passed = posting.mode in mine.modes
    return Constraint("mode", passed, f"The job: {theirs}. You: {chosen}.")


def pay(mine: Preferences, posting: PostingFacts) -> Constraint:
    """My floor against the top of the band that applies to me, in its own currency."""
    floor = mine.pay_floor
    bands = _bands(mine, posting)
    if not bands:
        return Constraint("pay", None, "The job states no pay for where you may work.")
    tops = ", ".join(words.a_year(b.band.annual_max, b.band.currency) for b in bands)
    if floor is None:
        return Constraint("pay", None, f"It pays up to {tops}; you name no least pay.")
    reason = f"It pays up to {tops}; your least is {words.a_year(floor.annual, floor.currency)}."
    known = [b for b in bands if b.band.currency == floor.currency]
    if any(_reaches(b, floor) for b in known):
        return Constraint("pay", True, reason)
    if len(known) < len(bands):
        return Constraint("pay", None, f"{reason} We don’t compare different currencies.")
    return Constraint("pay", False, reason)


def _reaches(zoned: ZonedPay, floor: PayFloor) -> bool:
    return zoned.band.annual_max >= floor.annual


def _bands(mine: Preferences, posting: PostingFacts) -> list[ZonedPay]:
    """The bands of the countries where I could do this job; the base band when I name none."""
    if posting.mode is WorkMode.REMOTE:
        areas = (mine.remote_from,) if mine.remote_from else mine.countries
        mine_here = [a.partition("-")[0] for a in areas if _accepts(a, posting) is not False]
    else:
        areas = mine.countries
        mine_here = [country for country in areas if country in posting.countries]
    countries = list(dict.fromkeys(mine_here))
    if not countries:
        return [posting.base_band] if posting.base_band else []
    ordered = sorted(posting.bands, key=lambda b: not b.zone)
    found: list[ZonedPay] = []
    for country in countries:
        band = next((b for b in ordered if not b.zone or country in b.zone), None)
        if band is not None and band not in found:
            found.append(band)
    return found


def visa(mine: Preferences, posting: PostingFacts) -> Constraint:
    """A visa, if I need one."""
    if mine.visa_needed is False:
        return Constraint("visa", True, "You need no visa.")
    if mine.visa_needed is None:
        return Constraint("visa", None, "You don’t say whether you need a visa.")
    if posting.visa is None:
        return Constraint("visa", None, "You need a visa; the job does not say if it sponsors one.")
    if posting.visa:
        return Constraint("visa", True, "You need a visa, and the employer sponsors one.")
    return Constraint("visa", False, "You need a visa, and the employer sponsors none.")


def level(wanted: Level, mine: Preferences, posting: PostingFacts) -> Constraint:
    """A step beside the level that I want, or between that and where I am."""
    if posting.level is None:
        return Constraint("level", None, "The job does not say at which level it is.")
    steps = (wanted.step, (mine.level_now or wanted).step)
    least, most = min(wanted.step - LEVEL_REACH, *steps), max(wanted.step + LEVEL_REACH, *steps)
    reason = f"The job: {label(posting.level)}. You want: {label(wanted)}, or a step beside it."
    return Constraint("level", least <= posting.level.step <= most, reason)
