"""A JSON Resume (1.2.1) as suggestions, and a list of what was not taken and why. Pure.

Its shape is checked before, by `profiles.json_resume`. What `profiles.cv.resume_out` wrote comes
back whole; entries that carry our extras are ours, and nothing is guessed about them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from profiles.cv import resume_out as keys
from profiles.cv.facts import COLUMNS, NotTaken, Suggestion, Value, quoted, read_fact
from profiles.cv.known import Known
from profiles.cv.mentions import terms_in
from profiles.cv.words import SKILL_WORDS, degree, fluency, language_code, storable
from profiles.enums import FactKind, SkillKind, WorkKind

MOST_SUGGESTIONS: Final = 1_500
"""More than any profile holds of use; what we wrote ourselves stays below it."""
MOST_LISTED: Final = 100
MOST_ROWS: Final = 1_000
"""Of each list so many entries are looked at."""
MOST_TEXT: Final = 100_000
MOST_NAMES: Final = 3_000
"""So many names of terms are looked up; a longer list of skills helps nobody."""
_EXTRAS: Final = keys.EXTRAS
_PEOPLE: Final = "your account has it"
_ADDRESS: Final = "we keep no address: say where you would work"
_LINKS: Final = "a profile keeps no links yet"
_LEFT: Final[Mapping[str, str]] = {
    "/basics/name": _PEOPLE,
    "/basics/email": _PEOPLE,
    "/basics/image": "nobody here is judged by a picture",
    "/basics/phone": "we keep no number: give it when you apply",
    "/basics/url": _LINKS,
    "/basics/profiles": _LINKS,
    "/basics/location/address": _ADDRESS,
    "/basics/location/postalCode": _ADDRESS,
    "/basics/location/city": _ADDRESS,
    "/basics/location/region": _ADDRESS,
    "/work/*/description": "what a firm does is for the firm to say",
    "/education/*/url": _LINKS,
    "/education/*/score": "no job here asks for marks",
    "/education/*/courses": "add what you learnt as skills",
    "/awards": "add an award as evidence: what you did, and the figures",
    "/publications": "no job here asks for publications",
    "/interests": "what you do in your own time is yours",
    "/references": "references are asked for later, by the employer",
    "/projects": "add a project as evidence; we read its text for skills",
    "/meta": "it is about the file",
    "/$schema": "it is about the file",
}
"""Keys of the schema that have no place in a profile, and why."""
_ENTRIES: Final[Mapping[str, tuple[FactKind, Mapping[str, str]]]] = {
    "work": (FactKind.EXPERIENCE, keys.JOB),
    "volunteer": (FactKind.EXPERIENCE, keys.VOLUNTEER),
    "education": (FactKind.EDUCATION, keys.EDUCATION),
    "certificates": (FactKind.CERTIFICATE, keys.CERTIFICATE),
}
_NAMED: Final[Mapping[str, Collection[str]]] = {
    "skills": ("name", "level", "keywords"),
    "languages": ("language", "fluency"),
}
_UNKNOWN: Final = "a key that we don’t know"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a CV says, and what of it was not taken."""

    suggestions: tuple[Suggestion, ...]
    not_taken: tuple[NotTaken, ...] = ()


@dataclass(slots=True)
class _Found:
    suggestions: list[Suggestion] = field(default_factory=list)
    left: dict[NotTaken, None] = field(default_factory=dict)

    def add(
        self,
        kind: FactKind,
        raw: Mapping[str, Any],
        where: str,
        *,
        quote: str,
        named: Mapping[str, str] = {},
    ) -> None:
        """Suggest what `raw` says; keep why when it can't be kept."""
        fact, left = read_fact(kind, raw, where=where, keys=named)
        self.leave(left)
        if fact is not None:
            self.suggestions.append(Suggestion(fact, quoted(quote) or where))

    def leave(self, left: Iterable[NotTaken]) -> None:
        for one in left:
            self.left[NotTaken(storable(one.where), storable(one.why))] = None

    def says(self, kind: FactKind, name: str) -> list[Value]:
        """The values of a column that are suggested already."""
        values = (one.fact.values.get(name) for one in self.suggestions if one.fact.kind is kind)
        return [value for value in values if value is not None]


def names_in(document: Mapping[str, Any]) -> tuple[set[str], set[int]]:
    """The names and slugs of terms and the ids of cities that a document speaks of, to look up."""
    terms = {row.get("name", "") for row in _rows(document, "certificates")}
    for row in _rows(document, "skills"):
        terms |= {row.get("name", ""), *row.get("keywords", ())}
    own = _own(document)
    for name in ("skills", "certificates", "evidence"):
        terms |= {row["slug"] for row in _rows(own, name) if isinstance(row.get("slug"), str)}
    for row in _rows(document, "certificates"):
        terms |= {slug for slug in [_extra(row).get("slug")] if isinstance(slug, str)}
    cities = {row["city"] for row in _rows(own, "places") if type(row.get("city")) is int}
    kept = sorted(name for name in terms if name.strip())[:MOST_NAMES]
    return set(kept), cities


def read_resume(document: Mapping[str, Any], known: Known, *, today: date) -> Reading:
    """The suggestions of a document whose shape was found right."""
    found = _Found()
    _own_facts(found, document, known)
    _basics(found, document, known)
    for name, (kind, named) in _ENTRIES.items():
        for number, row in enumerate(_rows(document, name)):
            _entry(found, f"/{name}/{number}", kind, named, row, known)
    _own_certificates(found, document, known)
    _skills(found, document, known)
    _languages(found, document)
    found.leave(_left_out(document, ""))
    if _EXTRAS not in document:
        _mentions(found, document, known, today=today)
    if len(found.suggestions) > MOST_SUGGESTIONS:
        found.leave([NotTaken("/", f"we stop after {MOST_SUGGESTIONS:,} entries")])
    return Reading(tuple(found.suggestions[:MOST_SUGGESTIONS]), tuple(found.left)[-MOST_LISTED:])


# ---- what we wrote ----


def _own(document: Mapping[str, Any]) -> Mapping[str, Any]:
    own = document.get(_EXTRAS)
    return own if isinstance(own, dict) else {}


def _extra(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return _own(row)


def _rows(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = document.get(name, [])
    if not isinstance(rows, list):
        return []
    return [row for row in rows[:MOST_ROWS] if isinstance(row, dict)]


def _own_facts(found: _Found, document: Mapping[str, Any], known: Known) -> None:
    own = _own(document)
    where = f"/{_EXTRAS}"
    for name, kind in (
        ("skills", FactKind.SKILL),
        ("languages", FactKind.LANGUAGE),
        ("evidence", FactKind.EVIDENCE),
        ("places", FactKind.PLACE),
    ):
        for number, row in enumerate(_rows(own, name)):
            here = f"{where}/{name}/{number}"
            raw = {column: row[column] for column in COLUMNS[kind] if column in row}
            if why := known.strange(raw):
                found.leave([NotTaken(here, why)])
                if kind is not FactKind.EVIDENCE:
                    continue
                raw.pop("slug")
            found.add(kind, known.today(raw), here, quote=_words(raw))
    for name in ("level_now", "level_wanted"):
        if name in own:
            found.add(FactKind.ABOUT, {name: own[name]}, where, quote=_words({name: own[name]}))
    if "education" in own:
        raw = {"level": own["education"]}
        found.add(FactKind.EDUCATION, raw, where, quote=_words({"education": own["education"]}))
    _own_wishes(found, own, known, where)
    found.leave(NotTaken(f"{where}/{key}"[:100], _UNKNOWN) for key in own if key not in _OWN)


def _own_certificates(found: _Found, document: Mapping[str, Any], known: Known) -> None:
    """Those that stand only under our extras."""
    where = f"/{_EXTRAS}/certificates"
    for number, row in enumerate(_rows(_own(document), "certificates")):
        if why := known.strange(row):
            found.leave([NotTaken(f"{where}/{number}", why)])
        elif known.today(row).get("slug") not in found.says(FactKind.CERTIFICATE, "slug"):
            raw = known.today(row)
            found.add(FactKind.CERTIFICATE, raw, f"{where}/{number}", quote=_words(row))


def _own_wishes(found: _Found, own: Mapping[str, Any], known: Known, where: str) -> None:
    pay = own.get("pay_floor", own.get("pay"))
    if isinstance(pay, dict):
        raw = {column: pay[key] for column, key in keys.PAY.items() if key in pay}
        found.add(FactKind.WISH, raw, f"{where}/pay_floor", quote=_words(pay), named=keys.PAY)
    for column in COLUMNS[FactKind.WISH]:
        name = keys.RENAMED.get(column, column)
        if column in keys.PAY or own.get(name) is None:
            continue
        value = own[name]
        if why := known.strange({column: value}):
            found.leave([NotTaken(f"{where}/{name}", why)])
            continue
        raw = {column: value}
        found.add(FactKind.WISH, raw, where, quote=_words({name: value}), named=keys.RENAMED)


# ---- what everybody writes ----


def _basics(found: _Found, document: Mapping[str, Any], known: Known) -> None:
    basics = document.get("basics", {})
    for key, column in (("label", "headline"), ("summary", "summary")):
        if text := basics.get(key, "").strip():
            named = {column: key}
            found.add(FactKind.ABOUT, {column: text}, "/basics", quote=text, named=named)
    code = basics.get("location", {}).get("countryCode", "").strip().upper()
    if not code or found.says(FactKind.WISH, "work_countries") or "countries" in _own(document):
        return
    where = "/basics/location/countryCode"
    if code in known.countries:
        found.add(FactKind.WISH, {"work_countries": [code]}, where, quote=code)
    else:
        found.leave([NotTaken(where, "this is no country: use two letters, like US")])


def _entry(
    found: _Found,
    where: str,
    kind: FactKind,
    named: Mapping[str, str],
    row: Mapping[str, Any],
    known: Known,
) -> None:
    raw = {column: row[key] for column, key in named.items() if key in row}
    rest = [key for key in row if key not in named.values() and key != _EXTRAS]
    pattern = f"{where.rpartition('/')[0]}/*"
    found.leave(
        NotTaken(f"{pattern}/{key}", _LEFT.get(f"{pattern}/{key}", _UNKNOWN)) for key in rest
    )
    if kind is FactKind.EXPERIENCE:
        job = named is keys.JOB
        raw["kind"] = (WorkKind.JOB if job else WorkKind.VOLUNTEER).value
    if _EXTRAS in row:
        own = {name: value for name, value in _extra(row).items() if name not in named}
        if why := known.strange(own):
            found.leave([NotTaken(where, why)])
            own.pop("slug", None)
        raw |= known.today(own)
    elif kind is FactKind.EDUCATION and (level := degree(row.get("studyType", ""))):
        raw["level"] = level.value
    elif kind is FactKind.CERTIFICATE:
        term = known.terms.get(row.get("name", ""))
        if term is not None and term.kind is SkillKind.CERTIFICATE:
            raw["slug"] = term.slug
    found.add(kind, raw, where, quote=_words(row), named=named)


def _skills(found: _Found, document: Mapping[str, Any], known: Known) -> None:
    """Of terms that are named more than once the best level counts."""
    best: dict[str, tuple[int | None, str]] = {}
    for number, row in enumerate(_rows(document, "skills")):
        found.leave(_left_keys(row, "skills"))
        level = SKILL_WORDS.get(row.get("level", "").strip().casefold())
        named = [(row.get("name", ""), level)]
        for name, stated in [*named, *((word, None) for word in row.get("keywords", ()))]:
            term = known.terms.get(name)
            if term is None:
                if name.strip():
                    why = f"“{name.strip()[:80]}” is none of our terms"
                    found.leave([NotTaken(f"/skills/{number}", why)])
            elif term.kind is SkillKind.CERTIFICATE:
                if term.slug not in found.says(FactKind.CERTIFICATE, "slug"):
                    raw = {"slug": term.slug}
                    found.add(FactKind.CERTIFICATE, raw, f"/skills/{number}", quote=name)
            elif term.slug not in best or (stated or 0) > (best[term.slug][0] or 0):
                best[term.slug] = (stated, _words({"name": name, "level": row.get("level", "")}))
    own = found.says(FactKind.SKILL, "slug")
    for slug, (level, quote) in best.items():
        if slug not in own:
            found.add(FactKind.SKILL, {"slug": slug, "level": level}, "/skills", quote=quote)


def _languages(found: _Found, document: Mapping[str, Any]) -> None:
    for number, row in enumerate(_rows(document, "languages")):
        found.leave(_left_keys(row, "languages"))
        name = row.get("language", "").strip()
        code = language_code(name) if name else None
        if code is None:
            why = f"“{name[:80]}” is no language that we know" if name else "it names no language"
            found.leave([NotTaken(f"/languages/{number}", why)])
        elif code not in found.says(FactKind.LANGUAGE, "code"):
            cefr = fluency(row.get("fluency", ""))
            raw = {"code": code, "cefr": cefr.value if cefr else None}
            found.add(FactKind.LANGUAGE, raw, f"/languages/{number}", quote=_words(row))


def _mentions(found: _Found, document: Mapping[str, Any], known: Known, *, today: date) -> None:
    """Terms in what somebody wrote in sentences about their work."""
    said = found.says(FactKind.SKILL, "slug") + found.says(FactKind.CERTIFICATE, "slug")
    text = "\n".join(_sentences(document))[:MOST_TEXT]
    for suggestion in terms_in(text, known, today=today):
        if suggestion.fact.get("slug") not in said:
            found.suggestions.append(suggestion)


def _sentences(document: Mapping[str, Any]) -> Iterator[str]:
    basics = document.get("basics", {})
    yield from (basics.get("label", ""), basics.get("summary", ""))
    for name in ("work", "volunteer", "projects"):
        for row in _rows(document, name):
            yield from (row.get("position", ""), row.get("summary", ""))
            yield from row.get("highlights", ())
            if name == "projects":
                yield from (row.get("description", ""), *row.get("keywords", ()))


# ---- what is left ----


def _left_out(part: Mapping[str, Any], where: str) -> Iterator[NotTaken]:
    """The keys at the top and in `basics` that nothing was made of."""
    for key, value in part.items():
        here = f"{where}/{key}"
        if here in _LEFT:
            if value != keys.SCHEMA and value not in ("", [], {}):
                yield NotTaken(here, _LEFT[here])
        elif here in ("/basics", "/basics/location"):
            yield from _left_out(value, here)
        elif here not in _TAKEN:
            yield NotTaken(here[:100], _UNKNOWN)


_TAKEN: Final = {
    f"/{_EXTRAS}",
    "/skills",
    "/languages",
    "/basics/label",
    "/basics/summary",
    "/basics/location/countryCode",
    *(f"/{name}" for name in _ENTRIES),
}


_OWN: Final = {
    *("skills", "languages", "certificates", "evidence", "places", "education"),
    *("level_now", "level_wanted", "pay_floor", "pay"),
    *(keys.RENAMED.get(name, name) for name in COLUMNS[FactKind.WISH] if name not in keys.PAY),
}


def _left_keys(row: Mapping[str, Any], name: str) -> Iterator[NotTaken]:
    for key in row:
        if key not in _NAMED[name] and key != _EXTRAS:
            yield NotTaken(f"/{name}/*/{key}"[:100], _UNKNOWN)


def _words(row: Mapping[str, Any]) -> str:
    """What stands in an entry, in a line; of one that has only our extras these."""
    parts: list[str] = []
    for key, value in row.items() if row.keys() - {_EXTRAS} else _extra(row).items():
        if key == _EXTRAS or value in (None, "", []):
            continue
        one = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(" ".join(one.split()))
    return quoted(" · ".join(parts))
