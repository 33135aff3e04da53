"""The vocabulary as the tables beside the code have it, without a database. Pure."""

from collections.abc import Iterator
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


def shipped_vocabulary() -> Vocabulary:
    """Terms, names and aliases of the tables that `manage.py load_taxonomy` loads."""
    skills = list(read_tsv(DATA / "skills.tsv"))
    kinds = {row["slug"]: SkillKind(row["kind"]) for row in skills}
    names = [(row["slug"], row["name"]) for row in skills]
    aliases = read_tsv(DATA / "skill_aliases.tsv")
    names += [(row["slug"], row["alias"]) for row in aliases if row["language"] == "en"]
    return vocabulary(kinds, names, read_forms())
