"""Making the vocabulary: from a small package of the same shape as the real one."""

import csv
from pathlib import Path

import pytest

from cscareers.core.data_build.packages import PINS
from cscareers.core.tables import read_tsv
from profiles.taxonomy import build

ROWS = [
    ("handle complaints", "deal with complaints,handle a complaint,choose", "ESCO", "esco:1"),
    ("coach staff", "make available,training of staff,deal with complaints", "ESCO", "esco:2"),
    ("Big Desk Suite", "", "ONET_TECH", ""),
    ("something else", "", "OSN", ""),
]
CHOICE = """
[skill people]
Coaching | coach staff | | | Helping people get better.

[skill contacts]
Complaints | handle complaints | | grumbles; Complaints | Putting things right.

[tool helpdesk]
Big Desk | | Big Desk Suite | BD | Where tickets live.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with our choice, beside an installed package of three terms."""
    packages = tmp_path / "packages"
    (packages / "laiser" / "public").mkdir(parents=True)
    info = packages / f"laiser-{PINS['laiser']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: laiser\nVersion: {PINS['laiser']}\n")
    with (packages / "laiser/public/faiss_skills.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("skill_name", "aliases", "taxonomy", "original_id"))
        writer.writerows(ROWS)
    monkeypatch.syspath_prepend(str(packages))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "skills.txt").write_text(CHOICE, "utf-8")
    return tmp_path


def test_links_and_aliases_come_from_the_package(folder: Path) -> None:
    assert build.build(folder) == {"skills.tsv": 3, "skill_aliases.tsv": 7}
    skills = [tuple(row.values()) for row in read_tsv(folder / "skills.tsv")]
    assert skills == [
        ("big-desk", "tool", "Big Desk", "Where tickets live.", "helpdesk", "", "Big Desk Suite"),
        ("coaching", "skill", "Coaching", "Helping people get better.", "people", "esco:2", ""),
        ("complaints", "skill", "Complaints", "Putting things right.", "contacts", "esco:1", ""),
    ]
    aliases = [tuple(row.values()) for row in read_tsv(folder / "skill_aliases.tsv")]
    # One word, odd verbs and mere grammar are left out; an alias goes to the first that has it.
    assert aliases == [
        ("big-desk", "BD", "en", "ours"),
        ("big-desk", "Big Desk Suite", "en", "onet"),
        ("coaching", "coach staff", "en", "esco"),
        ("coaching", "deal with complaints", "en", "esco"),
        ("coaching", "training of staff", "en", "esco"),
        ("complaints", "grumbles", "en", "ours"),
        ("complaints", "handle complaints", "en", "esco"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("coach staff |", "fly kites |", "ESCO has no skill 'fly kites'"),
        ("Big Desk Suite", "Small Desk", "O.NET has no technology 'Small Desk'"),
        ("grumbles", "Coaching", "'Coaching' of complaints already leads to coaching"),
    ],
)
def test_a_choice_that_cannot_stand_stops_the_build(
    folder: Path, old: str, new: str, complaint: str
) -> None:
    (folder / "sources" / "skills.txt").write_text(CHOICE.replace(old, new), "utf-8")
    with pytest.raises(build.VocabularyError, match=complaint):
        build.build(folder)
