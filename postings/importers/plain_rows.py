"""What an ad asks beside terms of the taxonomy: languages, education, years of experience. Pure.

Each is read in one sentence, with the same cues as terms. English names of languages only, with a
capital: "Polish" is asked, "polish" is not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from postings.enums import Cefr, EducationLevel, RequirementKind
from postings.importers.clean import cut_at_word
from profiles.taxonomy.cues import Cue, Section, Sentence
from profiles.taxonomy.extract import Sentences

_LANGUAGES: Final = {
    "Arabic": "ar", "Bengali": "bn", "Bulgarian": "bg", "Cantonese": "zh", "Catalan": "ca",
    "Chinese": "zh", "Croatian": "hr", "Czech": "cs", "Danish": "da", "Dutch": "nl",
    "English": "en", "Estonian": "et", "Farsi": "fa", "Finnish": "fi", "Flemish": "nl",
    "French": "fr", "German": "de", "Greek": "el", "Haitian Creole": "ht", "Hebrew": "he",
    "Hindi": "hi", "Hungarian": "hu", "Indonesian": "id", "Italian": "it", "Japanese": "ja",
    "Korean": "ko", "Latvian": "lv", "Lithuanian": "lt", "Malay": "ms", "Mandarin": "zh",
    "Norwegian": "no", "Persian": "fa", "Polish": "pl", "Portuguese": "pt", "Punjabi": "pa",
    "Romanian": "ro", "Russian": "ru", "Serbian": "sr", "Slovak": "sk", "Slovenian": "sl",
    "Spanish": "es", "Swahili": "sw", "Swedish": "sv", "Tagalog": "tl", "Tamil": "ta",
    "Thai": "th", "Turkish": "tr", "Ukrainian": "uk", "Urdu": "ur", "Vietnamese": "vi",
    "Yiddish": "yi",
}  # fmt: skip
_LANGUAGE: Final = re.compile(
    rf"\b({'|'.join(_LANGUAGES)})\b(?! (?:markets?|office|degree|literature|team)\b)"
)
_SPOKEN: Final = re.compile(
    r"fluen|bilingual|multilingual|native|proficien|speak|spoken|\blanguages?\b|\bwrit|verbal"
    r"|conversational|mother tongue|command of|knowledge of|\b[ABC][12]\b|\bskills",
    re.IGNORECASE,
)
_SPOKEN_REACH: Final = 60
_CEFR: Final = (
    (Cefr.C2, r"native|mother tongue"),
    (Cefr.C1, r"fluen|bilingual|full professional|excellent|outstanding|exceptional|advanced"),
    (Cefr.B2, r"proficien|professional|business[- ]level|strong|good|working knowledge"),
    (Cefr.B1, r"conversational|intermediate|functional"),
    (Cefr.A2, r"basic|beginner"),
)
_LEVELS: Final = tuple((level, re.compile(words, re.IGNORECASE)) for level, words in _CEFR)
_CODE: Final = re.compile(r"\b([ABC][12])\b")
_CODE_REACH: Final = 8
_BEFORE: Final = 50
_AFTER: Final = 30
_EDUCATION: Final = (
    (EducationLevel.DOCTORATE, r"\bph\.?d\b|\bdoctorate\b|\bdoctoral\b"),
    (EducationLevel.MASTER, r"\bmaster[’']?s?[’']?(?: degree| of (?:science|arts|business))|\bmba\b"
                            r"|\bm\.?sc\b|\bgraduate degree\b|\bpostgraduate degree\b"),
    (EducationLevel.BACHELOR, r"\bbachelor|\bbaccalaureate\b|\bb\.?sc\b|\bb\.?a\.?/b\.?s|\bb\.?s\.?"
                              r"/b\.?a|(?<!post)(?<!post-)\bundergraduate degree\b"
                              r"|\b(?:college|university|four[- ]year|4[- ]year) degree\b"
                              r"|(?<!associate )(?<!associate.s )\bdegree in\b"),
    (EducationLevel.ASSOCIATE, r"\bassociate[’']?s?[’']? degree\b|\ban associate degree\b"),
    (EducationLevel.SECONDARY, r"\bhigh school\b|\bged\b|\bsecondary school\b|\ba[- ]levels?\b"),
)  # fmt: skip
_DEGREES: Final = tuple((level, re.compile(words)) for level, words in reversed(_EDUCATION))
"""The least first; read in small letters."""
_DEGREE_WORDS: Final = (
    "degree", "bachelor", "baccalaureate", "master", "mba", "bsc", "b.sc", "b.a", "ba/bs", "bs/ba",
    "msc", "m.sc", "phd", "ph.d", "doctora", "high school", " ged", "secondary school", "a-level",
)  # fmt: skip
_YEAR_WORDS: Final = ("year", "yrs", "yr ")
_OR_ELSE: Final = re.compile(
    r"\bor\b(?: an?)? (?:equivalent|comparable|related|relevant|similar|\w+ )?.{0,30}experience"
    r"|in lieu of|not required"
)
_OR_ELSE_REACH: Final = 120
_EXPERIENCE: Final = re.compile(r"\bexperience\b", re.IGNORECASE)
_OF: Final = re.compile(
    r" (?:in|with|as|of|within|working (?:in|with|as)|leading|managing|supporting)\b"
    r"([^.,;:()\n]{3,80})"
)
_IN: Final = re.compile(r" (?:in|with|as|of|within)\b ?")
_WORK_BEFORE: Final = re.compile(r"(?:years?|yrs?)['’]?(?: of)?((?: [A-Za-z][\w/&-]*){1,5}) $")
_LONGEST_NAME: Final = 60
_NO_NAME: Final = re.compile(
    r"^(?:described|an?|the|this|which|our|your|one|any|at|such)\b|[\"“”\d]"
    r"|\b(?:full[- ]time|satisf\w+)\b",
    re.IGNORECASE,
)
SIMILAR: Final = "similar work"
_ASKING: Final = (Section.REQUIRED, Section.PREFERRED)
_MUST_WORDS: Final = ("must", "requir", "minimum", "at least", "need")
_OR: Final = re.compile(r"\s*(?:,? ?and/or|,? ?or|/)\s*", re.IGNORECASE)
ANY_OF: Final = "a"
"""The group of alternatives among languages; no other guess makes a group."""
_RANK: Final = {Cue.REQUIRED: 0, Cue.PREFERRED: 1, Cue.MENTIONED: 2}


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that an ad asks at `start` to `end` of its text; `key` says of what."""

    kind: RequirementKind
    start: int
    end: int
    cue: Cue
    language: str = ""
    cefr: Cefr | None = None
    education: EducationLevel | None = None
    name: str = ""
    years: int | None = None
    any_of: str | None = None

    @property
    def key(self) -> str:
        """The language that it is about, else the kind: a posting asks each once."""
        return self.language or str(self.kind)


def plain_asks(read: Sentences, taken: Iterable[int]) -> list[Ask]:
    """What the sentences of an ad ask, each thing where it is asked most clearly. `taken`: where
    terms stand whose years are asked; the years of such a sentence are of no other experience."""
    best: dict[str, Ask] = {}
    for ask in _all(read, taken):
        other = best.get(ask.key)
        if other is None or _RANK[ask.cue] < _RANK[other.cue]:
            best[ask.key] = ask
    return sorted(best.values(), key=lambda ask: ask.start)


def _all(read: Sentences, taken: Iterable[int]) -> Iterator[Ask]:
    """Only sentences with a word in question are looked at: most texts have few."""
    text = read.text
    begins = [start for start, _, _ in read.spans]

    def of(places: Iterable[int]) -> set[int]:
        return {bisect_right(begins, at) - 1 for at in places}

    low = text.lower()
    languages = of(_places(text, _LANGUAGES))
    degrees = of(_places(low, _DEGREE_WORDS))
    years = (of(_places(low, ("experience",))) & of(_places(low, _YEAR_WORDS))) - of(taken)
    for number in sorted(languages | degrees | years):
        start, end, section = read.spans[number]
        if section is Section.OTHER:
            continue
        if number in years and section not in _ASKING:
            # "Two years of experience as described above" says nothing of what is asked.
            years -= set() if _says_must(low, start, end) else {number}
            if number not in languages and number not in degrees and number not in years:
                continue
        sentence = read.cues(number)
        if number in languages:
            yield from _as_alternatives(text, list(_languages(text, start, end, sentence)))
        if section is Section.DUTIES:
            continue
        if number in degrees:
            yield from _education(text, start, end, sentence)
        if number in years and (found := _EXPERIENCE.search(text, start, end)):
            yield from _years(text, found, end, sentence)


def _says_must(low: str, start: int, end: int) -> bool:
    return any(low.find(word, start, end) >= 0 for word in _MUST_WORDS)


def _places(low: str, words: Iterable[str]) -> Iterator[int]:
    """Where the words stand in a text of small letters. Plain finding is the quickest there is."""
    for word in words:
        at = low.find(word)
        while at >= 0:
            yield at
            at = low.find(word, at + 1)


def _languages(text: str, start: int, end: int, sentence: Sentence) -> Iterator[Ask]:
    for found in _LANGUAGE.finditer(text, start, end):
        first, last = found.span()
        before = text[max(start, first - _SPOKEN_REACH) : first]
        after = text[last : min(end, last + _SPOKEN_REACH)]
        speaking = re.match(r"[- ]speaking|[- ]speaker", after)
        if not speaking and not _SPOKEN.search(before) and not _SPOKEN.search(after[:_AFTER]):
            continue
        if sentence.negated(first, last):
            continue
        cue = sentence.cue(first, last)
        yield Ask(
            RequirementKind.LANGUAGE, first, last, cue,
            language=_LANGUAGES[found[1]], cefr=_level(before[-_BEFORE:], after[:_AFTER]),
        )  # fmt: skip


def _as_alternatives(text: str, asks: list[Ask]) -> Iterator[Ask]:
    """The languages of a sentence; those with an "or" between them are one group."""
    joined = {
        number
        for at in range(1, len(asks))
        if _OR.fullmatch(text, asks[at - 1].end, asks[at].start)
        for number in (at - 1, at)
    }
    for number, ask in enumerate(asks):
        yield replace(ask, any_of=ANY_OF) if number in joined else ask


def _level(before: str, after: str) -> Cefr | None:
    """The least level that the words beside a language name, the nearest first."""
    after = re.split(r"[;,.]|\b(?:and|or)\b", after, maxsplit=1)[0]
    before = re.split(r"[;.]", before)[-1]
    if code := _CODE.search(after) or _CODE.search(before[-_CODE_REACH:]):
        return Cefr(code[1])
    for words in (after, before):
        hits = [
            (found.start(), level)
            for level, pattern in _LEVELS
            for found in pattern.finditer(words)
        ]
        if hits:
            return max(hits)[1] if words is before else min(hits)[1]
    return None


def _education(text: str, start: int, end: int, sentence: Sentence) -> Iterator[Ask]:
    """The least education that a sentence names; one that experience can stand for is welcome."""
    low = text[start:end].lower()
    found = ((level, hit) for level, words in _DEGREES if (hit := words.search(low)))
    level, hit = next(found, (None, None))
    if hit is None:
        return
    first, last = start + hit.start(), start + hit.end()
    if sentence.negated(first, last):
        return
    cue = sentence.cue(first, last)
    rest = re.split(r"[;.] ", low[hit.end() : hit.end() + _OR_ELSE_REACH], maxsplit=1)[0]
    if cue is Cue.REQUIRED and _OR_ELSE.search(rest):
        cue = Cue.PREFERRED
    yield Ask(RequirementKind.EDUCATION, first, last, cue, education=level)


def _years(text: str, found: re.Match[str], end: int, sentence: Sentence) -> Iterator[Ask]:
    """Years of experience that are asked of no term."""
    first, last = found.span()
    years = sentence.years(first, last)
    if years is None or sentence.negated(first, last):
        return
    after = _OF.match(text, last, end)
    before = _WORK_BEFORE.search(text, max(0, first - 80), first)
    name = _IN.sub("", after[0], count=1) if after else before[1] if before else ""
    name = cut_at_word(" ".join(name.split()).strip(" -–*_"), _LONGEST_NAME)
    name = "" if _NO_NAME.search(name) else name
    cue = sentence.cue(first, last)
    yield Ask(RequirementKind.EXPERIENCE, first, last, cue, name=name or SIMILAR, years=years)
