"""An ad as people write it, plain text or HTML, read into a JobPosting document. Pure.

All that it concludes is a guess, which a member confirms. Skills that the text names are not looked
for here: whoever has the taxonomy adds them to the document's draft.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cscareers.core.fold import fold
from postings.content import PostingContent
from postings.enums import WorkMode
from postings.importers.ad_facts import Facts, facts_of
from postings.importers.ad_title import find_title
from postings.importers.html_text import to_markdown
from postings.importers.salary_text import find_salary, read_salary
from postings.importers.schema_org import employment_types

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
GUESSES: Final = (
    "employment",
    "text_language",
    "locations",
    "applicant_countries",
    "pay_bands",
    "apply_url",
)


@dataclass(frozen=True, slots=True)
class Ad:
    """`document` is a schema.org JobPosting; `guesses` the fields that nobody stated as such."""

    document: dict[str, Any]
    guesses: tuple[str, ...]


def read_ad(source: str, *, title: str = "", place: str = "") -> Ad:
    """What an ad says. `title` and `place` are used where they are given, else looked for."""
    source = source.replace("\r\n", "\n").strip()
    is_html = _TAG.search(source) is not None
    guesses: tuple[str, ...] = GUESSES
    if place:
        guesses = tuple(name for name in guesses if name != "locations")
    description = source
    if not title:
        text = to_markdown(source).text.replace("\\", "") if is_html else source
        first = find_title(text)
        title, description = first.words, source if is_html else first.rest
        guesses = ("title", *guesses)
    facts = facts_of(title, to_markdown(description).text)
    document: dict[str, Any] = {"@type": "JobPosting", "title": title, "description": description}
    places = [place] if place else [fact.value for fact in facts.places]
    if facts.mode is not None and facts.mode[0] is WorkMode.HYBRID:
        places.append("Hybrid")
    elif facts.mode is not None and facts.mode[0] is WorkMode.REMOTE:
        document["jobLocationType"] = "TELECOMMUTE"
    kinds = dict.fromkeys(fact.value.lower() for fact in facts.employment)
    more = {
        "jobLocation": places,
        "baseSalary": [fact.value for fact in facts.pays],
        "employmentType": [_plain(kind) for kind in kinds],
        "url": facts.apply_url.value if facts.apply_url else "",
    }
    document.update({name: value for name, value in more.items() if value})
    return Ad(document, guesses)


def _plain(kind: str) -> str:
    """A kind of employment as documents write it."""
    return "contract" if kind.startswith("fixed") else kind


def words_behind_answers(content: PostingContent, places: Iterable[str] = ()) -> Mapping[str, str]:
    """By field, the words of an ad from which the same answer is read that stands there. A field
    whose answer is in no words, or in itself, is left out. `places`: the names of its places, to
    leave out what was no place after all."""
    facts = facts_of(content.title, content.description)
    where = _place_words(facts, places)
    found = {
        "level": content.title if content.level is not None else "",
        "locations": where if content.locations else "",
        "applicant_countries": where if content.applicant_countries else "",
        "mode": _mode_words(facts, content, where),
        "pay_bands": _pay_words(facts, content),
        "apply_url": "",
    }
    kinds = [fact for fact in facts.employment if employment_types(_plain(fact.value.lower()))]
    if employment_types([_plain(fact.value.lower()) for fact in kinds]) == content.employment:
        found["employment"] = " / ".join(dict.fromkeys(fact.words for fact in kinds))
    if facts.apply_url is not None and facts.apply_url.value == content.apply_url:
        found["apply_url"] = facts.apply_url.words
    return {field: words for field, words in found.items() if words}


def _place_words(facts: Facts, places: Iterable[str]) -> str:
    names = [fold(name) for name in places]
    meant = [fact for fact in facts.places if any(name in fold(fact.value) for name in names)]
    return " / ".join(dict.fromkeys(fact.words for fact in meant or facts.places))


def _mode_words(facts: Facts, content: PostingContent, where: str) -> str:
    if facts.mode is not None:
        return facts.mode[1] if facts.mode[0] is content.mode else ""
    return where if content.mode is WorkMode.ONSITE else ""


def _pay_words(facts: Facts, content: PostingContent) -> str:
    bands = [zoned.band for zoned in content.pay_bands]
    for fact in facts.pays:
        if read_salary(fact.value).band in bands:
            return fact.words
    reading = find_salary(content.description)
    return reading.words if reading.band in bands else ""
