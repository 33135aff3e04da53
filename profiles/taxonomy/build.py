"""Makes skills.tsv and skill_aliases.tsv: our choice and words, ESCO's links and other names.

What is in the vocabulary, and how it is described, stands in data/sources/skills.txt and is ours.
The package laiser carries the preferred and other names of ESCO skills and the technology names
of O*NET; a name that it does not know stops the build.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cscareers.core.data_build.packages import data_file, write_tsv
from cscareers.core.fold import fold
from profiles.taxonomy.normalize import normalize

_HEADING = re.compile(r"\[(skill|tool|certificate) ([a-z-]+)\]")
_MOST_ESCO_ALIASES = 3
_LONGEST_ALIAS = 48
# ESCO's other names were partly made by swapping synonyms; these words give away the odd ones.
_ODD = re.compile(
    r"^(able|adjudicate|administer|alter|apply|assemble|be|budget|calculate|compile|complete|"
    r"construct|control|decipher|devise|direct|employ|enjoy|exert|exhibit|explain|foresee|gauge|"
    r"have|hold|induce|introduce|investigate|look|make|modify|move|operate|oversee|produce|"
    r"promise|prompt|reveal|revise|save|scrutinise|search|secure|solve|store|supervise|sustain|"
    r"tailor|test|to|undertake|view)\b|\b(costs|covert|disaster|drinks|guests?|own|visitors|"
    r"self-knowledge|participants|dbs|maintain manage|anticipate needs|completed work)\b"
)
_REFUSED = {
    "pay per click",
    "manage complaints",
    "resolve conflict",
    "influence decision-making processes",
    "analyse customer interests",
    "measure refunds",
    "manage road accidents",
    "manage hazardous incidents",
    "ensure CIA",
    "analyse customer product risks",
    "Calligra Sheets",
    "Quantrix Modeler",
    "maintain financial records",
    "regulate manage contracts",
    "prepare statistical reports",
    "submit presentation",
    "visualise completed project",
    "offer customer support",
    "provide excellence in customer service",
    "staff support",
    "user assistance",
    "provide guidance on the use",
    "acknowledge business ethical code of conducts",
    "concede business ethical code of conducts",
    "consent to business ethical code of conducts",
    "start customer rapport",
    "itemise requests",
    "arrange requests",
    "coax clients with alternatives",
    "sway clients with alternatives",
    "permit stress",
    "abide stress",
    "signal problems",
    "propose constructive feedback",
    "install quality management systems",
    "install quality systems and procedures",
    "formalise knowledge in ICT-system",
    "schedule medium to long term business goals",
    "clarify automatic call distribution data",
}
_SMALL = {"a", "an", "the", "of", "on", "in", "to", "for", "with", "by", "and"}
_LARGEST_FIELD = 10_000_000


@dataclass(frozen=True)
class Entry:
    """One line of our choice."""

    slug: str
    kind: str
    category: str
    name: str
    esco: str
    onet: str
    aliases: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class Esco:
    """What the package says of one ESCO skill."""

    uri: str
    aliases: tuple[str, ...]


class VocabularyError(Exception):
    """Our choice contradicts itself or names something that the package does not have."""


def slugify(name: str) -> str:
    """The first form of a term's permanent slug."""
    spelled = name.replace("&", " and ").replace("+", " plus ")
    return fold(spelled).replace(" ", "-")


def build(folder: Path) -> dict[str, int]:
    """Writes both tables and returns file name → rows."""
    entries = read_entries(folder / "sources" / "skills.txt")
    esco, onet = _package_names()
    for entry in entries:
        if entry.esco and entry.esco not in esco:
            raise VocabularyError(f"{entry.name}: ESCO has no skill {entry.esco!r}.")
        if entry.onet and entry.onet not in onet:
            raise VocabularyError(f"{entry.name}: O*NET has no technology {entry.onet!r}.")
    header = ("slug", "kind", "name", "description", "category", "esco_uri", "onet")
    rows = (
        (
            *(entry.slug, entry.kind, entry.name, entry.description, entry.category),
            *(esco[entry.esco].uri if entry.esco else "", entry.onet),
        )
        for entry in entries
    )
    return {
        "skills.tsv": write_tsv(folder / "skills.tsv", header, rows),
        "skill_aliases.tsv": write_tsv(
            folder / "skill_aliases.tsv",
            ("slug", "alias", "language", "source"),
            _aliases(entries, esco),
        ),
    }


def read_entries(path: Path) -> list[Entry]:
    """Our choice, sorted by slug; two lines may not lead to one slug or one name."""
    entries: dict[str, Entry] = {}
    kind = category = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if heading := _HEADING.fullmatch(line):
            kind, category = heading.groups()
            continue
        fields = [field.strip() for field in line.split("|")]
        if len(fields) not in (5, 6):
            raise VocabularyError(f"Line {number} has {len(fields)} fields instead of 5.")
        name, esco, onet, aliases, description = fields[:5]
        slug = fields[5].removeprefix("slug=") if len(fields) == 6 else slugify(name)
        if slug in entries:
            raise VocabularyError(f"Line {number}: the slug {slug} is taken.")
        others = tuple(alias.strip() for alias in aliases.split(";") if alias.strip())
        entries[slug] = Entry(slug, kind, category, name, esco, onet, others, description)
    return [entries[slug] for slug in sorted(entries)]


def _package_names() -> tuple[dict[str, Esco], set[str]]:
    csv.field_size_limit(_LARGEST_FIELD)
    esco: dict[str, Esco] = {}
    onet: set[str] = set()
    path = data_file("laiser", "laiser/public/faiss_skills.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["taxonomy"] == "ONET_TECH":
                onet.add(row["skill_name"])
            elif row["taxonomy"] == "ESCO":
                names = re.split(r"[\n,]", row["aliases"])
                aliases = tuple(" ".join(name.split()) for name in names if name.strip())
                esco[row["skill_name"]] = Esco(row["original_id"], aliases)
    return esco, onet


def _aliases(entries: list[Entry], esco: dict[str, Esco]) -> Iterator[tuple[str, str, str, str]]:
    """Rows sorted by slug and alias.

    Names come first, then our aliases, which may not meet anything; what ESCO and O*NET offer
    is taken only while it is free, so that an alias always leads to one term.
    """
    taken: dict[str, str] = {}
    for entry in entries:
        _claim(taken, normalize(entry.name), entry.slug, entry.name)
    rows: list[tuple[str, str, str, str]] = []
    for entry in entries:
        for alias in entry.aliases:
            key = normalize(alias)
            if taken.get(key) == entry.slug:
                continue
            _claim(taken, key, entry.slug, alias)
            rows.append((entry.slug, alias, "en", "ours"))
    for entry in entries:
        for alias, source in _offered(entry, esco):
            key = normalize(alias)
            if key not in taken:
                taken[key] = entry.slug
                rows.append((entry.slug, alias, "en", source))
    yield from sorted(rows)


def _claim(taken: dict[str, str], key: str, slug: str, text: str) -> None:
    if taken.setdefault(key, slug) != slug:
        raise VocabularyError(f"{text!r} of {slug} already leads to {taken[key]}.")


def _offered(entry: Entry, esco: dict[str, Esco]) -> Iterator[tuple[str, str]]:
    if entry.onet:
        yield entry.onet, "onet"
    if entry.esco:
        yield entry.esco, "esco"
        for name in _distinct(entry.esco, esco[entry.esco].aliases)[:_MOST_ESCO_ALIASES]:
            yield name, "esco"


def _distinct(preferred: str, aliases: tuple[str, ...]) -> list[str]:
    """Aliases that a person may type and that differ by more than their grammar."""
    seen = {_stems(preferred)}
    kept = []
    for alias in aliases:
        words = alias.casefold().split()
        odd = (
            len(words) < 2
            or len(alias) > _LONGEST_ALIAS
            or alias in _REFUSED
            or _ODD.search(alias.casefold())
        )
        if not odd and _stems(alias) not in seen:
            seen.add(_stems(alias))
            kept.append(alias)
    return kept


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        re.sub(r"(ings?|ions?|ies|es|e|s|y)$", "", word)
        for word in normalize(text).split()
        if word not in _SMALL
    )
