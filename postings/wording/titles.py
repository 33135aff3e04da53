"""What does not belong into a title: pay, place, employer, shouting, codes, dates, urgency.

A title is what people search for and what search engines show; everything else has a field of its
own. Every pattern looks at a few characters round one place, so the time grows with the text only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from cscareers.core.fold import fold
from postings.wording.hints import Hint, Text, WordingCode, hint_at

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_MONEY: Final = r"(?:[$€£₹¥]|\b(?:usd|eur|gbp|cad|aud|inr|pln|sgd|chf|sek)\b)"
_PAY: Final = re.compile(
    rf"{_MONEY}\s?\d[\d,.]{{0,12}}\s?k?(?:\s?[-–—]\s?{_MONEY}?\s?\d[\d,.]{{0,12}}\s?k?)?"
    rf"(?:\s?(?:/|per\s|an?\s)(?:hour|hr|h|day|week|month|year|annum|pa)\b)?"
    rf"|\b\d[\d,.]{{0,12}}\s?k?\s?{_MONEY}"
    r"|\b\d{2,3}\s?k\b(?!\s?(?:users|customers|employees|seats))"
    r"|\b\d[\d,.]{0,8}\s?(?:/|per\s|an\s)(?:hour|hr|h)\b"
    r"|\bote\b(?:\s?\d[\d,.k]{0,12})?",
    re.IGNORECASE,
)
_PENSION: Final = re.compile(r"401\s?\(?k\)?", re.IGNORECASE)
_EXCLAMATION: Final = re.compile(r"[!！¡]+")
_EMOJI: Final = re.compile(
    "[\U0001f000-\U0001faff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u25a0-\u25ff]"
    "[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]*"
)
_CODE: Final = re.compile(
    r"#\s?\w{0,4}-?\d{2,}"
    r"|\b(?:ref|req|requisition|reference|vacancy|posting|job\s(?:id|code|no|number|ref)|jr|r|id)"
    r"(?:\.|\s?(?:no|nr|id|code|number)\b)?[\s:.#-]{0,3}[A-Z]{0,4}-?\d{3,}\b"
    r"|\b[A-Z]{1,5}-?\d{4,}\b"
    r"|\b\d{5,}\b",
    re.IGNORECASE,
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE: Final = re.compile(
    r"\b(?:19|20)\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?\b"
    r"|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}\b(?:\s\d{{4}})?"
    rf"|\b{_MONTH}\s\d{{1,4}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}})?"
    r"|\b(?:start(?:s|ing)?|from|until|closing|deadline)\s"
    rf"(?:date\b|(?:{_MONTH}|(?:mon|tues|wednes|thurs|fri)day)\b)"
    r"|\b20[2-4]\d\b",
    re.IGNORECASE,
)
_URGENCY: Final = re.compile(
    r"\b(?:urgent(?:ly)?|(?:we(?:['’]re| are)\s|now\s){1,2}hiring|"
    r"hiring(?:\snow|\simmediately|(?=\s?[:!]))|"
    r"immediate(?:ly)?(?:\s(?:start|joiners?|hire|opening|requirement))?|asap|apply\s(?:now|today)|"
    r"start\s(?:now|today|asap)|don['’]?t\smiss|hot\sjob|last\schance|wanted|hurry|"
    r"limited\s(?:seats|spots|openings)|dringend|ab\ssofort|urgente?|inmediat[oa]|brådskande|"
    r"omgående|per\sdirect|pilne)\b",
    re.IGNORECASE,
)
_HIRING_WORK: Final = re.compile(
    r"\s?(?:manager|specialist|lead|coordinator|partner|process|team)", re.IGNORECASE
)
"""After "hiring" it is the work itself: a hiring manager."""
_LOUD: Final = re.compile(r"\b[^\W\d_]{4,}\b")
_LONG_LOUD: Final = 7
# fmt: off
_ACRONYMS: Final = frozenset((
    "APAC", "CSAT", "DACH", "EMEA", "ESOL", "GDPR", "HIPAA", "HVAC", "ITIL", "ITSM", "LATAM",
    "NHS", "NOC", "SAAS", "SDET", "SMB", "SQL", "TELECOM", "UKI", "BPO", "CRM", "HRIS", "LGBTQ",
    "NYPD", "FDNY", "DCAS", "EMEAI", "AMER", "MENA", "ANZ", "CCXP", "HDI", "KYC", "AML", "CISSP",
))
_LEGAL_FORMS: Final = frozenset((
    "inc", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "bv", "nv", "sa", "sas", "srl",
    "ab", "as", "oy", "corp", "corporation", "co", "company", "group", "pty", "pvt", "spa", "sl",
))
_COMMON_WORDS: Final = frozenset((
    "customer", "customers", "service", "services", "support", "care", "client", "contact", "call",
    "center", "centre", "desk", "team", "manager", "experience", "success", "help", "solutions",
    "agent", "lead", "people", "business", "sales", "digital", "global", "first", "general", "the",
))
# fmt: on
_CHUNK: Final = re.compile(r"[^,|/()\[\]:;·•–—]+")
_DASH: Final = re.compile(r"\s-\s|\s-|-\s")
_IN: Final = re.compile(r"\b(?:in|at|near|based in|around)\s+", re.IGNORECASE)
_LEAVE_OUT: Final = "Leave {} out of the title. {}"
MOST_READ: Final = 2_000
"""No title is longer; what stands behind it is not read."""


def title_hints(
    text: Text,
    *,
    employer_name: str = "",
    places: Sequence[str] = (),
    gazetteer: Set[str] = frozenset(),
) -> Iterator[Hint]:
    """What to take out of the title.

    `places`: names of the posting's own places, found wherever they stand. `gazetteer`: folded
    names of places in general, found only where a place stands in a title ("…, London",
    "… in Paris"), because many are names or words as well.
    """
    title = text.text[:MOST_READ]
    yield from _found(text, _pay_spans(title), WordingCode.TITLE_PAY, _say("pay"))
    place_spans = list(_place_spans(title, places, gazetteer))
    yield from _found(text, place_spans, WordingCode.TITLE_PLACE, _say("place"))
    yield from _found(
        text, _employer_spans(title, employer_name), WordingCode.TITLE_EMPLOYER, _say("employer")
    )
    yield from _found(text, _loud_spans(title), WordingCode.TITLE_CAPITALS, _say("capitals"))
    for pattern, code in _PATTERNS:
        spans = (found.span() for found in pattern.finditer(title))
        yield from _found(text, spans, code, _say(code.removeprefix("title-")))
    urgent = (
        found.span()
        for found in _URGENCY.finditer(title)
        if not _HIRING_WORK.match(title, found.end())
    )
    yield from _found(text, urgent, WordingCode.TITLE_URGENCY, _say("urgency"))


_PATTERNS: Final = (
    (_EXCLAMATION, WordingCode.TITLE_EXCLAMATION),
    (_CODE, WordingCode.TITLE_CODE),
    (_DATE, WordingCode.TITLE_DATE),
    (_EMOJI, WordingCode.TITLE_EMOJI),
)
_SAY: Final = {
    "pay": _LEAVE_OUT.format("pay", "It has a step of its own and stands beside the title."),
    "place": _LEAVE_OUT.format("the place", "It has a step of its own and stands below the title."),
    "employer": _LEAVE_OUT.format("the employer", "Its name stands below the title."),
    "capitals": "Write the title in small letters: capitals read as shouting.",
    "exclamation": "Take the exclamation mark out of the title.",
    "code": _LEAVE_OUT.format("numbers of your own", "People don’t search for them."),
    "date": _LEAVE_OUT.format("dates", "Write the last day to apply in “How people apply”."),
    "urgency": "Write what the job is. Words like these say nothing about it.",
    "emoji": _LEAVE_OUT.format("pictures", "Screen readers spell them out."),
}


def _say(what: str) -> str:
    return _SAY[what]


def _found(
    text: Text, spans: Iterable[tuple[int, int]], code: WordingCode, message: str
) -> Iterator[Hint]:
    for start, end in spans:
        yield hint_at(text, start, end, code, message)


def _pay_spans(title: str) -> Iterator[tuple[int, int]]:
    pensions = [found.span() for found in _PENSION.finditer(title)]
    for found in _PAY.finditer(title):
        start, end = found.span()
        if not any(start < last and first < end for first, last in pensions):
            yield start, start + len(title[start:end].rstrip(" ,.-–—"))


def _loud_spans(title: str) -> Iterator[tuple[int, int]]:
    """From the first to the last loud word: two of them, or a long one alone."""
    words = list(_LOUD.finditer(title))
    loud = [w for w in words if w[0].isupper() and w[0] not in _ACRONYMS]
    if len(loud) >= 2 or any(len(w[0]) >= _LONG_LOUD for w in loud):
        yield loud[0].start(), loud[-1].end()


def _employer_spans(title: str, employer_name: str) -> Iterator[tuple[int, int]]:
    name = fold(employer_name[:200]).split()
    while len(name) > 1 and name[-1] in _LEGAL_FORMS:
        name.pop()
    if not name or len("".join(name)) < 3 or all(word in _COMMON_WORDS for word in name):
        return
    yield from _spans_of(title, [tuple(name)])


def _place_spans(
    title: str, places: Sequence[str], gazetteer: Set[str]
) -> Iterator[tuple[int, int]]:
    own = [tuple(fold(place).split()) for place in places]
    seen: list[tuple[int, int]] = []
    for span in (*_spans_of(title, own), *_placed(title, gazetteer)):
        if not any(span[0] < end and start < span[1] for start, end in seen):
            seen.append(span)
    yield from sorted(seen)


def _spans_of(title: str, names: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where one of `names`, as folded words, stands in the title; the longest first."""
    words = [(fold(found[0]), *found.span()) for found in _WORD.finditer(title)]
    wanted = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    for name in wanted:
        size = len(name)
        for index in range(len(words) - size + 1):
            if tuple(word for word, _, _ in words[index : index + size]) == name:
                yield words[index][1], words[index + size - 1][2]


def _placed(title: str, gazetteer: Set[str]) -> Iterator[tuple[int, int]]:
    """Names of the gazetteer that stand between separators, pay among them, or after "in"."""
    if not gazetteer:
        return
    for start, end in _pay_spans(title):
        title = f"{title[:start]}{'|' * (end - start)}{title[end:]}"
    chunks = [
        (chunk.start() + start, chunk.start() + end)
        for chunk in _CHUNK.finditer(title)
        for start, end in _parts(chunk[0])
    ]
    for start, end in chunks:
        # A title that is nothing but the name of a place is a name of something else.
        if len(chunks) > 1 and fold(title[start:end]) in gazetteer:
            yield _trimmed(title, start, end)
            continue
        for found in _IN.finditer(title, start, end):
            if fold(title[found.end() : end]) in gazetteer:
                yield _trimmed(title, found.end(), end)
                break


def _parts(chunk: str) -> Iterator[tuple[int, int]]:
    start = 0
    for dash in _DASH.finditer(chunk):
        yield start, dash.start()
        start = dash.end()
    yield start, len(chunk)


def _trimmed(title: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not title[start].isalnum():
        start += 1
    while start < end and not title[end - 1].isalnum():
        end -= 1
    return start, end
