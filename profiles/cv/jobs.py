"""Jobs with dates in the lines of a CV. Pure.

A job is a line with a stretch of time; its position and employer stand on that line or on those
just above it, and what was done there on the lines below.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from profiles.cv.facts import MOST_HIGHLIGHTS, Fact, Suggestion, Value, quoted, read_fact
from profiles.cv.mentions import Span
from profiles.cv.sections import Line, Part
from profiles.cv.spans import Dates, dates_in
from profiles.enums import FactKind, WorkKind

MOST_JOBS: Final = 40
_LONGEST_TITLE: Final = 100
_PARTS: Final = frozenset({Part.WORK, Part.VOLUNTEER, Part.UNKNOWN, Part.SUMMARY})
_TITLE: Final = re.compile(
    r"\b(?:managers?|lead(?:er)?|agent|rep(?:resentative)?|supervisor|specialist|director|head"
    r"|assistant|associate|advis[eo]r|coordinator|clerk|analyst|consultant|administrator|officer"
    r"|engineer|executive|receptionist|cashier|trainer|coach|vp|president|intern|operator"
    r"|host(?:ess)?|wait(?:er|ress)|server|barista|teacher|developer|technician|secretary|driver"
    r"|owner|founder|freelance\w*|buyer|planner|chief|c[eox]o|cco|apprentice|trainee|volunteer"
    r"|tutor|concierge|attendant|guide|teller|dispatcher|strategist|designer|mentor|chef"
    r"|team member|crew member|ambassador|expert|salesperson|shop assistant|nurse|caller)\b",
    re.IGNORECASE,
)
_RANK: Final = re.compile(
    r"(?:senior |assistant |associate )?(?:manager|director|head|vp|vice president|lead|supervisor"
    r"|team lead(?:er)?|specialist|representative|associate)",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"\b(?:customer|client|support|service|operations|success|care|experience|sales|contact|call)\b",
    re.IGNORECASE,
)
_PIECES: Final = re.compile(r" ?[|•·;\t] ?| [–—-] |, | at | @ ?")
_LASTED: Final = re.compile(r"\d{1,2} ?\+? (?:years?|yrs?|months?|mos?)\b", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Z0-9]\S*(?: (?:[A-Z0-9&(]\S*|of|the|and|de|for|-|–))*")
"""A line that may be the name of a firm: its words begin with capitals."""
_EDGES: Final = " ,;:|()[]–—-•·*"


@dataclass(frozen=True, slots=True)
class Job:
    """A job and the lines, from `first` to before `last`, that are about it."""

    suggestion: Suggestion
    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of a CV, `first` to `last`, that say which job it was and when; `rows` are their
    words, piece by piece."""

    first: int
    last: int
    dates: Dates
    rows: Sequence[Sequence[str]]


def jobs_in(lines: Sequence[Line], *, today: date) -> list[Job]:
    """The dated jobs, in the order of the lines."""
    heads: list[_Head] = []
    taken = -1
    for number, line in enumerate(lines):
        if len(heads) == MOST_JOBS:
            break
        dates = dates_in(line.text, today=today) if line.part in _PARTS else None
        if dates is None or line.is_bullet or len(line.text) > 2 * _LONGEST_TITLE:
            continue
        head = _head(lines, number, dates, after=taken)
        if head is not None:
            heads.append(head)
            taken = head.last
    found = []
    for place, head in enumerate(heads):
        end = heads[place + 1].first if place + 1 < len(heads) else len(lines)
        part = lines[head.first].part
        # The lines of a job end where another part begins.
        stop = next((n for n in range(head.last + 1, end) if lines[n].part is not part), end)
        found.append(_job(lines, head, range(head.last + 1, stop)))
    return [job for job in found if job is not None]


def _head(lines: Sequence[Line], number: int, dates: Dates, *, after: int) -> _Head | None:
    """The head of a job around a line with dates; None where no job is named."""
    text, part = lines[number].text, lines[number].part
    rows = [_split(text[: dates.start] + " | " + text[dates.end :])]
    first = last = number
    while not _has_title(rows) and number - first < 2:
        if not _is_above(lines, first, part, after=after):
            break
        first -= 1
        rows.insert(0, _split(lines[first].text))
    if not _has_title(rows) and _is_below(lines, number, part, _TITLE.search):
        last += 1
        rows.append(_split(lines[last].text))
    if sum(map(len, rows)) == 1 and number - first < 2:
        # A position alone: the firm may stand on the line above, or on the one below.
        if _is_above(lines, first, part, after=after) and _NAME.fullmatch(lines[first - 1].text):
            first -= 1
            rows.insert(0, _split(lines[first].text))
        elif _is_below(lines, last, part, _NAME.fullmatch):
            last += 1
            rows.append(_split(lines[last].text))
    if not any(rows) or not (_has_title(rows) or part in (Part.WORK, Part.VOLUNTEER)):
        return None
    return _Head(first, last, dates, [row for row in rows if row])


def _is_below(
    lines: Sequence[Line], number: int, part: Part, fits: Callable[[str], object]
) -> bool:
    """Whether the line below may belong to the head of a job."""
    if number + 1 >= len(lines):
        return False
    below = lines[number + 1]
    here = below.part is part and not below.is_bullet and _short(below.text)
    return here and bool(fits(below.text))


def _is_above(lines: Sequence[Line], number: int, part: Part, *, after: int) -> bool:
    """Whether the line above may belong to the head of a job."""
    if number - 1 <= after:
        return False
    above = lines[number - 1]
    return above.part is part and not above.is_bullet and _short(above.text)


def _short(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.endswith((".", "!", "?"))


def _split(text: str) -> list[str]:
    pieces = [piece.strip(_EDGES) for piece in _PIECES.split(text)]
    kept = [piece for piece in pieces if piece.strip("0123456789 ") and not _LASTED.match(piece)]
    # "Manager, Customer Support" is one position.
    for place in range(len(kept) - 1):
        if _RANK.fullmatch(kept[place]) and _FIELD.search(kept[place + 1]):
            return [*kept[:place], f"{kept[place]}, {kept[place + 1]}", *kept[place + 2 :]]
    return kept


def _has_title(rows: Sequence[Sequence[str]]) -> bool:
    return any(_TITLE.search(piece) for row in rows for piece in row)


def _named(rows: Sequence[Sequence[str]]) -> tuple[str, str, str]:
    """Position, employer and place out of the words of a head; the position as it is named, else
    what stands first."""
    where = [(r, n) for r, row in enumerate(rows) for n in range(len(row))]
    row, at = next((one for one in where if _TITLE.search(rows[one[0]][one[1]])), (0, 0))
    beside = [*rows[row][:at], *rows[row][at + 1 :]]
    elsewhere = [piece for r, other in enumerate(rows) if r != row for piece in other]
    others = [*beside, *elsewhere]
    return rows[row][at], (others or [""])[0], ", ".join(others[1:])


def _job(lines: Sequence[Line], head: _Head, body: Sequence[int]) -> Job | None:
    position, employer, place = _named(head.rows)
    first, last, dates = head.first, head.last, head.dates
    voluntary = lines[first].part is Part.VOLUNTEER
    raw: dict[str, Value] = {
        "kind": (WorkKind.VOLUNTEER if voluntary else WorkKind.JOB).value,
        "position": position,
        "employer_name": employer,
        "location": place,
        "started": dates.started,
        "ended": dates.ended,
        "highlights": [lines[n].text for n in body if lines[n].is_bullet][:MOST_HIGHLIGHTS],
        "summary": "\n".join(lines[n].text for n in body if not lines[n].is_bullet),
    }
    fact, _ = read_fact(FactKind.EXPERIENCE, raw, where="")
    if fact is None:
        return None
    words = quoted(" / ".join(lines[n].text for n in range(first, last + 1)))
    end = (body[-1] if body else last) + 1
    return Job(
        Suggestion(Fact(fact.kind, fact.values), words),
        Span(dates.started, dates.ended, words),
        first,
        end,
    )
