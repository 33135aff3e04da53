"""What an ad says of place, pay, way of working, employment and where to apply, each with the
words that say it. Pure.

Labels count first ("Location: Leeds"), then the title and the short lines below it, then a few
turns of phrase anywhere. What is read here is a guess, and good enough to be shown as one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from postings.enums import WorkMode
from postings.importers.clean import cut_at_word
from postings.importers.excerpts import excerpt
from postings.importers.salary_text import read_salary, speaks_of_other_money
from profiles.taxonomy.cues import heading

_LABELLED: Final = 60
"""An ad has its facts in its first lines, if it has a list of them."""
_HEAD: Final = 6
_LONGEST_HEAD: Final = 140
_LONGEST_LINE: Final = 400
_LONGEST_SHOWN: Final = 140
_LONGEST_PAY: Final = 80
_LONGEST_BARE_PAY: Final = 40
_MOST_PLACES: Final = 4
_LABEL: Final = re.compile(
    r"[*#>• -]{0,6}([A-Za-z][A-Za-z /-]{2,24}?) ?\*{0,2} ?: ?\*{0,2} ?(\S.{0,299})"
)
_LABELS: Final = {
    name: fact
    for fact, names in {
        "place": (
            "location", "locations", "place", "place of work", "job location", "where", "city",
            "office", "office location", "based in", "work location", "based", "location of work",
        ),
        "pay": (
            "salary", "pay", "compensation", "pay range", "salary range", "wage", "hourly rate",
            "rate", "base salary", "base pay", "rate of pay", "annual salary", "pay rate",
        ),
        "employment": (
            "employment type", "job type", "type of employment", "employment", "contract type",
            "type", "contract", "hours", "schedule", "job types", "working hours",
        ),
        "mode": (
            "work mode", "workplace", "workplace type", "remote", "way of working", "work type",
            "working pattern", "remote status", "work arrangement", "working arrangement",
            "workplace model", "work model",
        ),
    }.items()
    for name in names
}  # fmt: skip
_PIECES: Final = re.compile(r"\s+[|•·]\s+|\t+|\s{3,}")
_DASH: Final = re.compile(r"\s+[-–—]\s+")
_SIGNS: Final = " *_#"
_NAME: Final = (
    r"[A-Z][\w.'’]*(?:[ -](?:(?:of|on|upon|de|la|le|am|del|du|den|der|and) )?[A-Z][\w.'’]*){0,3}"
)
_PLACE: Final = re.compile(rf"{_NAME}(?:, ?{_NAME}){{0,2}}")
_NEXT_SENTENCE: Final = re.compile(r"(?<!\bSt)(?<!\bFt)(?<!\bMt)\. ")
_BASED: Final = re.compile(
    rf"\b(?:(?:based|located|on-?site|hybrid|position|role|job)"
    rf"(?: (?:is|are|will be|based|located|out of|from))? (?:in|at|from)"
    rf" (?:our |the )?(?:(?:offices?|centre|center|headquarters|HQ|hub) in )?"
    rf"|(?:office|site|hub|contact cent(?:re|er)) in )({_NAME}(?:, ?{_NAME}){{0,2}})"
)
_OUR_OFFICE: Final = re.compile(
    rf"\b(?:our|the|in) ({_NAME}(?:, ?{_NAME}){{0,2}})(?:-based)? (?:office|headquarters|HQ"
    r"|contact cent(?:re|er)|call cent(?:re|er)|site|hub|studio)\b"
)
_NO_PLACE: Final = re.compile(
    r"\b(?:remote|hybrid|full|part|time|salary|permanent|contract|competitive|customers?|services?"
    r"|support|manager|team|remotely|home|offices?|the|our|company|department|days?|nights?|shifts?"
    r"|english)\b",
    re.IGNORECASE,
)
_ONE_KIND: Final = (
    r"\bfull[- ]?time\b|\bpart[- ]?time\b|\bpermanent\b|\btemporary\b|\bseasonal\b|\binternship\b"
    r"|\bfreelance\b|\bfixed[- ]term contract\b|\bfixed[- ]term\b|\bvolunteer\b|\bcontract(?:or)?\b"
)
_KINDS: Final = re.compile(_ONE_KIND, re.IGNORECASE)
_KINDS_UNLABELLED: Final = re.compile(
    _ONE_KIND.replace(r"\bcontract(?:or)?\b", r"^contract(?:or)?$|\((?:contract(?:or)?)\)"),
    re.IGNORECASE,
)
"""Many titles speak of contracts with others."""
_OF_THE_JOB: Final = re.compile(
    r"(?<!full or )(?<!full and )\b"
    r"(full[- ]?time|part[- ]?time|permanent|temporary|fixed[- ]term|seasonal|freelance)\b"
    r"(?:[,/ ]+(?:and|or )?(?:full[- ]?time|part[- ]?time|permanent|temporary|fixed[- ]term))?"
    r"[,/ -]*(?:(?:\w+[ -]){0,3})(?:job|role|position|contract|basis|vacancy|opportunity|hours"
    r"|employment|work\b|shift)",
    re.IGNORECASE,
)
_NO_EXTRA: Final = r"(?!.{0,12}(?:week|day|policy|allowance|stipend|budget))"
_REMOTE: Final = re.compile(
    r"\b(?:fully|100\s?%|permanently|completely)[ -]remote\b|\bremote-first\b"
    r"|\bremote (?:job|role|position|opportunity)\b"
    r"|\b(?:role|position|job|work|team) (?:is|will be) (?:a )?(?:fully |100% )?remote\b"
    rf"|\bwork(?:ing)? (?:from home|remotely)\b{_NO_EXTRA}"
    r"|\bhome[- ]based (?:job|role|position|work|agent|advisor|representative)",
    re.IGNORECASE,
)
_REMOTE_WORD: Final = re.compile(
    rf"\bremote(?:ly)?\b{_NO_EXTRA}|\bwork from home\b{_NO_EXTRA}", re.IGNORECASE
)
_HYBRID_WORD: Final = re.compile(r"\bhybrid\b", re.IGNORECASE)
_HYBRID: Final = re.compile(
    r"\bhybrid(?: remote)?(?: (?:work|working|schedule|model|arrangement|set-?up|basis|position|job"
    r"|office|policy|pattern|remote|opportunity|role (?:based|in|at|with|from|located))\b"
    r"|[,.;(]|$)"
    r"|\b(?:is|are|be|work|working) (?:a )?hybrid\b(?! (?:\w+ and|of|cloud|app|role [—–-]))",
    re.IGNORECASE | re.MULTILINE,
)
_ONSITE_WORD: Final = re.compile(
    r"\bon-?site\b|\bin[- ]person\b|\bin[- ]office\b|\boffice[- ]based\b", re.IGNORECASE
)
_ONSITE: Final = re.compile(
    r"\b(?:on-?site|in[- ]person|in[- ]office|office[- ]based) (?:role|position|job|opportunity)\b"
    r"|\b(?:role|position|job) is (?:fully |100% )?(?:on-?site|in[- ]person|in[- ]office)\b"
    r"|\b(?:5|five) days? (?:a|per|each) week in (?:our|the)\b",
    re.IGNORECASE,
)
_SOME_DAYS: Final = re.compile(
    r"\b(?:[1-4]|one|two|three|four)(?:\s?[-–]\s?[2-5])?\+? days?"
    r"(?: (?:a|per|each) (?:week|month))? (?:in|at|from) (?:our|the|an) [\w/ ]{0,40}?"
    r"(?:office|hub|hq)"
    r"|\b(?:[1-4]|one|two|three|four)(?:\s?[-–]\s?[2-5])?\+? days? in[- ](?:the )?office",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:no|not|non|isn['’]t|never|unable to|cannot|costs? of)\b", re.IGNORECASE
)
_NEAR: Final = 25
_APPLY: Final = re.compile(r"\bapply\b[^\n]{0,80}?(https?://[^\s<>\"')\]]{4,190})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fact:
    """What an ad says of one thing, and the words that say it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """`places` as texts that a gazetteer may know; `pays` as texts, the likeliest first."""

    places: tuple[Fact, ...] = ()
    pays: tuple[Fact, ...] = ()
    employment: tuple[Fact, ...] = ()
    mode: tuple[WorkMode, str] | None = None
    apply_url: Fact | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line, or a whole one: its label, if it has one, what it says, and whether it
    stands in the head of the ad, where labels are left out."""

    label: str
    words: str
    line: str
    in_head: bool
    is_part: bool


def facts_of(title: str, text: str) -> Facts:
    """What an ad says. `text` is our Markdown, without the title."""
    text = text.replace("\\", "")
    pieces = list(_pieces(text))
    labelled = {
        fact: [Fact(p.words, p.line) for p in pieces if _LABELS.get(p.label) == fact]
        for fact in ("place", "pay", "employment", "mode")
    }
    head = [piece for piece in pieces if piece.in_head and not piece.label]
    apply = _APPLY.search(text)
    return Facts(
        places=tuple(labelled["place"] or _places(title, head, text))[:_MOST_PLACES],
        pays=(*labelled["pay"], *(Fact(p.words, p.line) for p in pieces if _is_pay(p))),
        employment=tuple(_employment(labelled["employment"], Fact(title, title), head, text)),
        mode=_mode(title, [*labelled["mode"], *labelled["place"]], head, text),
        apply_url=Fact(apply[1].rstrip(".,;"), excerpt(text, *apply.span())) if apply else None,
    )


def _pieces(text: str) -> Iterator[_Piece]:
    lines = [line.strip() for line in text.split("\n") if line.strip()][:_LABELLED]
    in_head = True
    for number, line in enumerate(lines):
        in_head = in_head and heading(line) is None
        if len(line) > _LONGEST_LINE:
            in_head = False
            continue
        in_head = in_head and number < _HEAD and len(line) <= _LONGEST_HEAD and line[-1] not in ".!"
        parts = _PIECES.split(line)
        for part in parts:
            # Its spaces are made one: a pattern is slow on many.
            words = " ".join(part.split()).strip(f"{_SIGNS}-•")
            found = _LABEL.match(words)
            label = " ".join(found[1].lower().split()) if found else ""
            said = found[2].strip(_SIGNS) if found else words
            if said:
                yield _Piece(label, said, _shown(part), in_head, len(parts) > 1)


def _shown(line: str) -> str:
    words = " ".join(line.split()).strip(f"{_SIGNS}-•").replace("**", "")
    return words if len(words) <= _LONGEST_SHOWN else f"{cut_at_word(words, _LONGEST_SHOWN)} …"


# --- Pay ----------------------------------------------------------------------------------------


def _is_pay(piece: _Piece) -> bool:
    """Whether a part of a line says pay: in the head any, further down a range and little else."""
    if piece.label or len(piece.words) > (_LONGEST_PAY if piece.in_head else _LONGEST_BARE_PAY):
        return False
    band = read_salary(piece.words).band
    if band is None or speaks_of_other_money(piece.words):
        return False
    return piece.in_head or band.minimum < band.maximum


# --- Place --------------------------------------------------------------------------------------


def _places(title: str, head: list[_Piece], text: str) -> Iterator[Fact]:
    """Names that may be of places: in the title, in short lines below it, else in sentences."""
    found: dict[str, str] = {}
    for words, line in [
        *((part, title) for part in _tails(title)),
        *(
            (part, p.line)
            for p in head
            for part in _DASH.split(p.words)
            if p.is_part or "," in part
        ),
    ]:
        bare = re.sub(r"\s*\((?:hybrid|remote|on-?site)[^()]*\)|,? ?\b(?:hybrid|remote)\b.*", "",
                      words, flags=re.IGNORECASE).strip(" ,()")  # fmt: skip
        if _may_be_place(bare):
            found.setdefault(bare, line)
    if not found:
        for pattern in (_OUR_OFFICE, _BASED):
            for hit in pattern.finditer(text[:20_000]):
                name = _NEXT_SENTENCE.split(hit[1])[0].rstrip(".")
                if _may_be_place(name):
                    found.setdefault(name, excerpt(text, *hit.span()))
    return (Fact(name, words) for name, words in found.items())


def _tails(title: str) -> Iterator[str]:
    """What stands behind a dash, a comma or in brackets of a title."""
    _, *others = re.split(r"\s[-–—|]\s|[(),|]", title)
    yield from (part.strip() for part in others)
    if found := re.search(rf"\b(?:in|at) ({_NAME}(?:, ?{_NAME})?)$", title):
        yield found[1]


def _may_be_place(words: str) -> bool:
    known_short = words in ("UK", "US", "USA", "EU", "UAE")
    if len(words) <= 3 and not known_short:
        return False
    loud = words.isupper() and not known_short
    return not loud and _PLACE.fullmatch(words) is not None and not _NO_PLACE.search(words)


# --- Employment and way of working --------------------------------------------------------------


def _employment(labelled: list[Fact], title: Fact, head: list[_Piece], text: str) -> Iterator[Fact]:
    """The kinds of employment after a label, else in the title, else in the head, else in words
    about the job."""
    for kinds, facts in (
        (_KINDS, labelled),
        (_KINDS_UNLABELLED, [title]),
        (_KINDS_UNLABELLED, [Fact(p.words, p.line) for p in head]),
    ):
        hits = [
            Fact(kind, fact.words) for fact in facts for kind in kinds.findall(fact.value)
            if len(fact.value) <= _LONGEST_HEAD
        ]  # fmt: skip
        if hits:
            yield from hits
            return
    if (found := _OF_THE_JOB.search(text[:20_000])) is not None:
        for kind in _KINDS.findall(found[0]):
            if kind.lower() != "contract":
                yield Fact(kind, excerpt(text, *found.span()))


def _mode(
    title: str, labelled: list[Fact], head: list[_Piece], text: str
) -> tuple[WorkMode, str] | None:
    """What words say; short ones first, and there a word of each way as it stands."""
    short = [*labelled, Fact(title, title), *(Fact(p.words, p.line) for p in head)]
    ways = (
        (WorkMode.HYBRID, _HYBRID_WORD, _HYBRID),
        (WorkMode.REMOTE, _REMOTE_WORD, _REMOTE),
        (WorkMode.ONSITE, _ONSITE_WORD, _ONSITE),
        (WorkMode.HYBRID, _SOME_DAYS, _SOME_DAYS),
    )
    for mode, words, _ in ways:
        for fact in short:
            if _says(words, fact.value):
                return mode, fact.words
    for mode, _, phrase in ways:
        if found := _says(phrase, text[:20_000]):
            return mode, excerpt(text, *found.span())
    return None


def _says(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where the text says it and does not deny it right before."""
    for found in pattern.finditer(text):
        if not _DENIED.search(text, max(0, found.start() - _NEAR), found.start()):
            return found
    return None
