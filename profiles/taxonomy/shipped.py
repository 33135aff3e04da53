"""The vocabulary as the tables beside the code have it, without a database. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cscareers.core.tables import read_tsv
from profiles.enums import SkillKind
from profiles.taxonomy.extract import Form, Vocabulary, vocabulary

DATA: Final = Path(__file__).resolve().parents[1] / "data"


def read_forms() -> Iterator[Form]:
    """Forms of terms as ads write them, reviewed by hand: see docs/figures.md."""
    for row in read_tsv(DATA / "skill_forms.tsv"):
        yield Form(row["slug"], row["form"], row["rule"])


@dataclass(frozen=True, slots=True)
class Relation:
    """Two terms of which each counts for something where the other is asked, and why."""

    slug_a: str
    slug_b: str
    why: str


def read_relations() -> Iterator[Relation]:
    """The pairs that we have reviewed: would somebody who hires in customer service count one as
    half of the other, whichever is asked? Each pair stands there once."""
    for row in read_tsv(DATA / "skill_relations.tsv"):
        yield Relation(row["slug_a"], row["slug_b"], row["why"])


@cache
def related_terms() -> Mapping[str, Mapping[str, str]]:
    """Term → the terms that are related to it, by slug, with their names. Both ways on purpose:
    a pair of which one direction alone holds is none. Relations don't go on: what is related to a
    related term is not related."""
    names = {row["slug"]: row["name"] for row in read_tsv(DATA / "skills.tsv")}
    found: dict[str, dict[str, str]] = {}
    for pair in read_relations():
        found.setdefault(pair.slug_a, {})[pair.slug_b] = names[pair.slug_b]
        found.setdefault(pair.slug_b, {})[pair.slug_a] = names[pair.slug_a]
    return {slug: dict(sorted(others.items())) for slug, others in sorted(found.items())}


def shipped_vocabulary() -> Vocabulary:
    """Terms, names and aliases of the tables that `manage.py load_taxonomy` loads."""
    skills = list(read_tsv(DATA / "skills.tsv"))
    kinds = {row["slug"]: SkillKind(row["kind"]) for row in skills}
    names = [(row["slug"], row["name"]) for row in skills]
    aliases = read_tsv(DATA / "skill_aliases.tsv")
    names += [(row["slug"], row["alias"]) for row in aliases if row["language"] == "en"]
    return vocabulary(kinds, names, read_forms())
