"""Making wording.tsv from small packages of the same shape as the real ones."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from cscareers.core.data_build import packages
from cscareers.core.data_build.packages import NPM_PINS, PINS, DataPackageMissing, npm_file
from cscareers.core.tables import read_tsv
from postings.wording import build

PATTERNS = [
    {
        "id": "he-she",
        "type": "or",
        "categories": ["male", "female"],
        "considerate": {"they": "a", "it": "a", "one": "a", "you": "a"},
        "inconsiderate": {"he": "male", "she": "female"},
    },
    {
        "id": "lame",
        "type": "basic",
        "categories": ["a"],
        "considerate": {"dull": "a"},
        "inconsiderate": {"lame": "a", "make * lame": "a"},
    },
]
CHOICE = """
[equality]
why.gender = "One gender."
why.ability = "A disability."
origin = []
gender = []
[equality.left_out]
[equality.allowed]
"a reason" = [{allowed}]
[decoder]
why.masculine = "For men."
why.feminine = "For women."
[decoder.take]
"self-relian" = ["alone"]
[decoder.allowed]
"everyday" = ["support"]
[phrases]
"a name" = ["she shed"]
[[ours]]
kind = "age"
why = "Young."
write = ["tools"]
terms = ["digital native"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with our choice, beside packages that hold nothing but what is written here."""
    installed = tmp_path / "installed"
    info = installed / f"genderdecoder3-{PINS['genderdecoder3']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: genderdecoder3\nVersion: {PINS['genderdecoder3']}\n"
    )
    (installed / "genderdecoder3").mkdir()
    (installed / "genderdecoder3" / "wordlists.py").write_text(
        'feminine_coded_words = ["support"]\nmasculine_coded_words = ["self-relian"]\n'
    )
    monkeypatch.syspath_prepend(str(installed))
    monkeypatch.setattr(packages, "FOLDER", tmp_path)
    script = f"/** */\nexport const patterns = {json.dumps(PATTERNS)}\n".encode()
    member = tarfile.TarInfo("package/lib/patterns-en.js")
    member.size = len(script)
    name = f"retext-equality-{NPM_PINS['retext-equality']}.tgz"
    with tarfile.open(tmp_path / name, "w:gz") as archive:
        archive.addfile(member, io.BytesIO(script))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "wording.toml").write_text(CHOICE.format(allowed='"she"'))
    return tmp_path


def test_words_are_joined_with_our_choice(folder: Path) -> None:
    assert build.build(folder) == {"wording.tsv": 7}
    rows = {row["term"]: row for row in read_tsv(folder / "wording.tsv")}
    assert {term: (row["match"], row["kind"], row["verdict"]) for term, row in rows.items()} == {
        "digital native": ("word", "age", "hint"),
        "he": ("word", "gender", "hint"),
        "lame": ("word", "ability", "hint"),
        "self relian": ("stem", "gender", "hint"),
        "she": ("word", "gender", "allowed"),
        "she shed": ("word", "gender", "allowed"),
        "support": ("stem", "gender", "allowed"),
    }
    assert rows["he"]["alternatives"] == "they|it|one"
    assert (rows["he"]["group"], rows["he"]["side"]) == ("he-she", "male")
    assert (rows["she"]["reason"], rows["support"]["reason"]) == ("a reason", "everyday")


@pytest.mark.parametrize(
    ("allowed", "message"),
    [('"cool"', "has no word 'cool'"), ('"she", "she"', "'she' stands twice")],
)
def test_a_choice_that_the_packages_do_not_know_stops_the_build(
    folder: Path, allowed: str, message: str
) -> None:
    (folder / "sources" / "wording.toml").write_text(CHOICE.format(allowed=allowed))
    with pytest.raises(build.WordingError, match=message):
        build.build(folder)


def test_a_stem_is_taken_or_allowed(folder: Path) -> None:
    text = CHOICE.format(allowed='"she"').replace('"everyday" = ["support"]', "")
    (folder / "sources" / "wording.toml").write_text(text)
    with pytest.raises(build.WordingError, match="'support' is neither taken nor allowed"):
        build.build(folder)


def test_a_missing_archive_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "FOLDER", tmp_path)
    with pytest.raises(DataPackageMissing, match=r"npm pack retext-equality@7\.1\.0"):
        npm_file("retext-equality", "package/lib/patterns-en.js")
