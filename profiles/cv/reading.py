"""The text of a CV as suggestions, each with the words that it was read from. Pure.

Nothing here is certain: a person takes or leaves each one.
"""

from datetime import date
from typing import Final

from profiles.cv.facts import Fact, Suggestion, quoted, read_fact
from profiles.cv.jobs import jobs_in
from profiles.cv.known import Known
from profiles.cv.mentions import Passage, terms_of
from profiles.cv.resume_in import Reading
from profiles.cv.schooling import schooling_in
from profiles.cv.sections import Line, Part, lines_of
from profiles.cv.tongues import languages_in
from profiles.enums import FactKind

MOST_CHARACTERS: Final = 100_000


def read_text(cv: str, known: Known, *, today: date) -> Reading:
    """What the text of a CV says, as far as we can read it."""
    lines = lines_of(cv[:MOST_CHARACTERS])
    jobs = jobs_in(lines, today=today)
    spans = {number: job.span for job in jobs for number in range(job.first, job.last)}
    passages = [
        Passage(line.text, spans.get(number))
        for number, line in enumerate(lines)
        if line.part not in (Part.OTHER, Part.LANGUAGES)
    ]
    return Reading(
        (
            *_summary(lines),
            *(job.suggestion for job in jobs),
            *terms_of(passages, known, today=today),
            *languages_in(lines),
            *schooling_in(lines, today=today),
        )
    )


def _summary(lines: list[Line]) -> list[Suggestion]:
    """What stands below a heading like "Profile"."""
    text = "\n".join(line.text for line in lines if line.part is Part.SUMMARY)
    fact, _ = read_fact(FactKind.ABOUT, {"summary": text}, where="")
    return [Suggestion(Fact(fact.kind, fact.values), quoted(text))] if fact else []
