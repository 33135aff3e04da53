"""What holds for every sheet and template: no inline style or script, known icons, small files."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
SPRITE = (ROOT / "static" / "img" / "sprite.svg").read_text()


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_have_nothing_inline_and_stay_short(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text) == []
    scripts = re.findall(r"<script[^>]*>", text)
    assert [tag for tag in scripts if " src=" not in tag] == []
    assert text.count("\n") <= 150


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    names = {
        name
        for path in TEMPLATES
        for name in re.findall(r"{% icon \"([a-z0-9-]+)\" %}", path.read_text())
    }
    assert names
    assert {name for name in names if f'id="i-{name}"' not in SPRITE} == set()


def test_colours_are_named_in_the_tokens_alone() -> None:
    others = [path for path in SHEETS if path.name not in ("tokens.css", "admin.css")]
    found = {
        path.name: re.findall(r"#[0-9a-f]{3,8}\b(?!\))", path.read_text(), re.IGNORECASE)
        for path in others
    }
    # #0000 is "nothing", #fff stands behind a QR code in either theme.
    assert {name: set(list_) - {"#0000", "#fff"} for name, list_ in found.items()} == {
        path.name: set() for path in others
    }


def test_no_sheet_fetches_from_elsewhere() -> None:
    for path in SHEETS:
        assert re.findall(r"url\((?!\.\./fonts/)[^)]*\)|@import", path.read_text()) == []


def test_the_sheets_weigh_at_most_20_kb_compressed() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in SHEETS) <= 20_000


def test_the_first_typeface_file_is_small() -> None:
    fonts = ROOT / "static" / "fonts"
    assert (fonts / "instrument-sans-var.woff2").stat().st_size <= 30_000
    assert (fonts / "OFL.txt").exists()
