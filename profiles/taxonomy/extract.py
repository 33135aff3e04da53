"""Terms of the taxonomy in an ad or a CV: which, where, asked or welcome, for how long. Pure.

A vocabulary is built once from names, aliases and other forms; a text is then read word by word,
and at each word the longest form that begins there is taken.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from profiles.enums import SkillKind
from profiles.taxonomy.cues import Cue, Section, Sentence, heading
from profiles.taxonomy.words import Word, words_of

GAP: Final = "~"
"""In a form: up to four words may stand here ("written ~ communication")."""
_WIDEST_GAP: Final = 4
_LONGEST_FORM: Final = 12
_TALK: Final = 25
_BREAKS: Final = re.compile(r"(?<=[a-z0-9)\]%][.!?]) {1,4}(?=[A-Z“\"(])")
_ASKING: Final = re.compile(
    r"experienc|skill|knowledge|proficien|abilit|\bable\b|strong|excellent|proven|expert|familiar"
    r"|understanding|background|demonstrat|require|\bmust\b|comfort|outstanding|exceptional"
    r"|\bsolid\b|\bhigh(?:ly)?\b|\bcapab|\bsense\b|\bgood\b|talent|mindset|strength|display|thrive",
    re.IGNORECASE,
)
_OF_THE_FIRM: Final = re.compile(
    r"(?:at [^,]{1,40}, )?we (?:value|believe|offer|provide you|are proud|help|serve|celebrate)\b"
    r"|our (?:company|mission|culture|clients|customers|product|platform|values)\b"
    r"|(?:customers|clients) (?:such as|like|include)\b",
    re.IGNORECASE,
)
"""How sentences begin that speak of the firm, not of the person."""
_TOOL_TALK: Final = re.compile(
    r"\b(?:software|tools?|platforms?|systems?|apps?|applications?|suite|crms?|helpdesk|using|via"
    r"|experience|proficien\w{2,4}|familiar\w{0,4}|knowledge|skills|integrations?|such as|like"
    r"|products?|packages?|programs?|office|knowing|dashboards?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a term. Its rule: `plain`; `asked`, only beside a word that asks; `guard`,
    a tool named by a word of English; `never`, which takes a name or an alias out because ads mean
    other things by it."""

    slug: str
    text: str
    rule: str = "plain"


@dataclass(frozen=True, slots=True)
class Mention:
    """A term at `start` to `end` of a text. `years` are the least that are asked."""

    slug: str
    kind: SkillKind
    start: int
    end: int
    cue: Cue
    years: int | None
    negated: bool
    section: Section


@dataclass(frozen=True, slots=True)
class _Entry:
    slug: str
    words: tuple[Word, ...]
    rule: str
    exact: bool
    """Tools and certificates are names: no verb endings."""
    tail: str = ""
    """The stem that must follow a gap."""


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What `extract` looks for; made by `vocabulary`."""

    kinds: Mapping[str, SkillKind]
    root: _Node
    guarded: frozenset[str]
    """Tools named by a word of English ("slack"), in lower case."""


def vocabulary(
    kinds: Mapping[str, SkillKind], names: Iterable[tuple[str, str]], forms: Iterable[Form]
) -> Vocabulary:
    """A vocabulary of the terms in `kinds` (by slug), from their names and aliases, with `forms`
    added and taken away. A form of a term that isn't there is left out."""
    forms = list(forms)
    rules = {(form.slug, form.text.casefold()): form.rule for form in forms}
    added = [(form.slug, form.text) for form in forms if form.rule != "never"]
    root = _Node()
    for slug, text in dict.fromkeys([*names, *added]):
        rule = rules.get((slug, text.casefold()), "plain")
        if slug in kinds and rule != "never":
            _add(root, slug, text, rule, exact=kinds[slug] != SkillKind.SKILL)
    guarded = frozenset(form.text.casefold() for form in forms if form.rule == "guard")
    return Vocabulary(kinds, root, guarded)


def _add(root: _Node, slug: str, text: str, rule: str, *, exact: bool) -> None:
    head, _, tail = (part.strip() for part in text.partition(GAP))
    words = tuple(words_of(head, 0, len(head)))
    ending = words_of(tail, 0, len(tail))
    if not words or len(words) > _LONGEST_FORM:
        return
    node = root
    for word in words:
        node = node.next.setdefault(word.stem, _Node())
    node.entries.append(_Entry(slug, words, rule, exact, ending[0].stem if ending else ""))


class Sentences:
    """The sentences of a text with their sections; the cues of each are read once, when asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = list(_sentences(text))
        self._read: dict[int, Sentence] = {}

    def cues(self, number: int) -> Sentence:
        """What the sentence of this number says about what stands in it."""
        found = self._read.get(number)
        if found is None:
            found = self._read[number] = Sentence(self.text, *self.spans[number])
        return found


def extract(text: str, known: Vocabulary, read: Sentences | None = None) -> list[Mention]:
    """The mentions in `text`, in order; those that the ad says it does not ask are `negated`.
    `read`: its sentences, where they are at hand."""
    read = Sentences(text) if read is None else read
    mentions: list[Mention] = []
    for number, (start, end, section) in enumerate(read.spans):
        words = words_of(text, start, end)
        if not words or section is Section.OTHER or _OF_THE_FIRM.match(text, words[0].start, end):
            continue
        hits = list(_hits(text, words, start, end, known))
        if not hits:
            continue
        sentence = read.cues(number)
        for slug, first, last in hits:
            mentions.append(
                Mention(
                    slug,
                    known.kinds[slug],
                    first,
                    last,
                    sentence.cue(first, last),
                    sentence.years(first, last),
                    sentence.negated(first, last),
                    section,
                )
            )
    return mentions


def _sentences(text: str) -> Iterator[tuple[int, int, Section]]:
    """Offsets of each sentence, with the section that it stands in."""
    section, at = Section.UNKNOWN, 0
    for line in text.splitlines(keepends=True):
        found = heading(line)
        if found is not None:
            section = found
        else:
            start = at
            for gap in _BREAKS.finditer(text, at, at + len(line)):
                yield start, gap.start(), section
                start = gap.end()
            yield start, at + len(line), section
        at += len(line)


def _hits(
    text: str, words: list[Word], start: int, end: int, known: Vocabulary
) -> Iterator[tuple[str, int, int]]:
    """Terms with the offsets of their words; no word is read twice but by forms with a gap."""
    asking: bool | None = None
    at = 0
    begins = known.root.next
    while at < len(words):
        if words[at].stem not in begins:
            at += 1
            continue
        length, entries, gapped = _longest(words, at, known.root)
        best: list[_Entry] = []
        for entry in [*entries, *gapped]:
            if entry.rule == "asked":
                if asking is None:
                    asking = _ASKING.search(text, start, end) is not None
                if not asking:
                    continue
            if entry.exact and not _is_name(text, words, at, entry, known):
                continue
            best.append(entry)
        for slug in dict.fromkeys(entry.slug for entry in best):
            size = max(len(entry.words) for entry in best if entry.slug == slug)
            yield slug, words[at].start, words[at + size - 1].end
        consumed = any(not entry.tail for entry in best)
        at += length if consumed else 1


def _longest(words: list[Word], at: int, root: _Node) -> tuple[int, list[_Entry], list[_Entry]]:
    """The entries of the longest form that begins here with its length, and those with a gap."""
    node, length = root, 0
    entries: list[_Entry] = []
    gapped: list[_Entry] = []
    for offset in range(min(_LONGEST_FORM, len(words) - at)):
        found = node.next.get(words[at + offset].stem)
        if found is None:
            break
        node = found
        here = words[at : at + offset + 1]
        fitting = [entry for entry in node.entries if _fits(entry, here)]
        gapped += [entry for entry in fitting if entry.tail and _closes(entry, words, at + offset)]
        plain = [entry for entry in fitting if not entry.tail]
        if plain:
            entries, length = plain, offset + 1
    return length, entries, gapped


def _fits(entry: _Entry, here: list[Word]) -> bool:
    """One word and names stand in the form that they were given in, but for the plural."""
    if not entry.exact and len(here) > 1:
        return True
    if not entry.exact and not _same_number(entry, here[0]):
        return False
    same = _same_name if entry.exact else _same
    return all(same(wanted, word) for wanted, word in zip(entry.words, here, strict=True))


def _same(wanted: Word, word: Word) -> bool:
    if _is_acronym(wanted.text):
        return word.text.rstrip("s") == wanted.text.rstrip("s")
    return wanted.base == word.base


def _same_number(entry: _Entry, word: Word) -> bool:
    """A form in the plural is not the verb ("reports", "report"), a careful one no other noun."""
    plural = _is_plural(entry.words[0])
    return plural == _is_plural(word) or not (plural or entry.rule == "asked")


def _is_plural(word: Word) -> bool:
    return word.text[-1:] in "sS" and word.base[-1:] != "s"


def _same_name(wanted: Word, word: Word) -> bool:
    if _is_acronym(wanted.text):
        return _same(wanted, word)
    return wanted.text.casefold() == word.text.casefold()


def _is_acronym(text: str) -> bool:
    bare = text.rstrip("s")
    return 1 < len(bare) <= 6 and bare.isupper()


def _closes(entry: _Entry, words: list[Word], at: int) -> bool:
    """Whether the word that the form ends with follows after its gap."""
    return any(word.stem == entry.tail for word in words[at + 1 : at + 2 + _WIDEST_GAP])


# --- Names of tools that are words of English -----------------------------------------------------


def _is_name(text: str, words: list[Word], at: int, entry: _Entry, known: Vocabulary) -> bool:
    """Whether a tool is named here. A word of English needs its capital, no other capital beside
    it that belongs to something else, and talk of tools; at the start of a sentence even more."""
    if len(entry.words) > 1 or words[at].text.casefold() not in known.guarded:
        return True
    word, wanted = words[at], entry.words[0].text
    if word.text[:1] != wanted[:1] or (wanted.isupper() and word.text != wanted):
        return False
    if len(word.text) > 1 and word.text != wanted:
        return False
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    listed = _beside_tool(text, words, at, known)
    if listed:
        return True
    if before is None or len(wanted) == 1:
        return False
    if _loose_capital(text, before, word) or (after and _loose_capital(text, word, after)):
        return False
    near = words[max(0, at - _TALK)], words[min(len(words) - 1, at + _TALK)]
    return _TOOL_TALK.search(text, near[0].start, near[1].end) is not None


def _beside_tool(text: str, words: list[Word], at: int, known: Vocabulary) -> bool:
    """Whether the word stands in a list with another tool: "Slack, Zoom and Jira"."""
    for near in (at - 1, at - 2, at - 3, at + 1, at + 2, at + 3):
        if not 0 <= near < len(words) or not words[near].text[:1].isupper():
            continue
        first, last = sorted((words[at], words[near]), key=lambda word: word.start)
        if not _LIST.search(text, first.end, last.start):
            continue
        node = known.root.next.get(words[near].stem)
        entries = node.entries if node is not None else []
        longer = node is not None and any(
            entry.exact for step in node.next.values() for entry in step.entries
        )
        if longer or any(
            entry.exact and _same_name(entry.words[0], words[near]) for entry in entries
        ):
            return True
    return False


_LIST: Final = re.compile(r"[,/+&(]|\band\b|\bor\b|\|")


def _loose_capital(text: str, first: Word, second: Word) -> bool:
    """Whether both are capitalised and only a space parts them: "Front Desk"."""
    capitals = first.text[:1].isupper() and second.text[:1].isupper()
    return capitals and text[first.end : second.start] == " " and not second.text.isupper()
