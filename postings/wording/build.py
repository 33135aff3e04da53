"""Makes wording.tsv: the words of two packages, with what we take of them and why not the rest.

The npm package retext-equality carries words, groups and alternatives; genderdecoder3 carries
stems. What each word is about, and which ones stay out, stands in data/sources/wording.toml; a
name there that the packages do not know stops the build.
"""

import ast
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, Final

from cscareers.core.data_build.packages import data_file, npm_file, write_tsv

EQUALITY: Final = "retext-equality"
DECODER: Final = "genderdecoder3"
_MOST_ALTERNATIVES: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table. `group` and `side` pair words of two genders; `reason` says why a word
    is allowed, and is empty for a hint."""

    term: str
    match: str
    kind: str
    verdict: str
    group: str
    side: str
    why: str
    alternatives: str
    reason: str
    source: str


class WordingError(Exception):
    """Our choice contradicts itself or names something that the packages do not have."""


def build(folder: Path) -> dict[str, int]:
    """Writes the table and returns file name → rows."""
    choice = tomllib.loads((folder / "sources" / "wording.toml").read_text("utf-8"))
    entries: dict[tuple[str, str], Entry] = {}
    for entry in (
        *_phrases(choice["phrases"]),
        *_ours(choice["ours"]),
        *_equality(choice["equality"], _patterns()),
        *_decoder(choice["decoder"], _stems()),
    ):
        entries.setdefault((entry.match, entry.term), entry)
    rows = sorted(map(astuple, entries.values()))
    header = tuple(field.name for field in fields(Entry))
    return {"wording.tsv": write_tsv(folder / "wording.tsv", header, rows)}


def _patterns() -> list[dict[str, Any]]:
    script = npm_file(EQUALITY, "package/lib/patterns-en.js")
    # The file is one array in the notation of JSON, between its declaration and its end.
    found: list[dict[str, Any]] = json.loads(
        script[script.index("= [") + 2 : script.rindex("]") + 1]
    )
    return found


def _stems() -> dict[str, tuple[str, ...]]:
    """The stems of each side, masculine and feminine; read as literals, never run."""
    tree = ast.parse(data_file(DECODER, "genderdecoder3/wordlists.py").read_text("utf-8"))
    lists = {
        target.id: tuple(ast.literal_eval(node.value))
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {side: lists[f"{side}_coded_words"] for side in ("masculine", "feminine")}


def normal(term: str) -> str:
    """A term as the lint compares it: small letters, words parted by one blank."""
    return " ".join(term.lower().replace("’", "'").replace("-", " ").split())


def _ours(groups: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    for group in groups:
        for term in group["terms"]:
            yield Entry(
                *(normal(term), "word", group["kind"], "hint", "", "", group["why"]),
                *("|".join(group["write"]), "", "ours"),
            )


def _phrases(groups: Mapping[str, Iterable[str]]) -> Iterator[Entry]:
    for reason, phrases in groups.items():
        for phrase in phrases:
            yield Entry(normal(phrase), "word", "gender", "allowed", "", "", "", "", reason, "ours")


def _reasons(groups: Mapping[str, list[str]], known: set[str], what: str) -> dict[str, str]:
    """Name → the reason under which it stands; names must be known and stand once."""
    found: dict[str, str] = {}
    for reason, names in groups.items():
        for name in names:
            if name not in known:
                raise WordingError(f"The package has no {what} {name!r}.")
            if name in found:
                raise WordingError(f"The {what} {name!r} stands twice.")
            found[name] = reason
    return found


def _equality(choice: Mapping[str, Any], patterns: list[dict[str, Any]]) -> Iterator[Entry]:
    ids = {pattern["id"] for pattern in patterns}
    words = {word for pattern in patterns for word in pattern["inconsiderate"]}
    left_out = _reasons(choice["left_out"], ids, "pattern")
    allowed = _reasons(choice["allowed"], words, "word")
    kinds = _reasons({kind: choice[kind] for kind in ("origin", "gender")}, ids, "pattern")
    for pattern in patterns:
        two = bool({"male", "female"} & set(pattern["categories"]))
        kind = "gender" if two else kinds.get(pattern["id"], "ability")
        alternatives = "|".join(list(pattern.get("considerate") or {})[:_MOST_ALTERNATIVES])
        for written, side in pattern["inconsiderate"].items():
            reason = left_out.get(pattern["id"]) or allowed.get(written, "")
            for term in written.split(", "):
                if "*" in term:
                    continue
                yield Entry(
                    *(normal(term), "word", kind, "allowed" if reason else "hint"),
                    *(pattern["id"], side if two else "", choice["why"][kind], alternatives),
                    *(reason, EQUALITY),
                )


def _decoder(choice: Mapping[str, Any], stems: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    known = {stem for side in stems.values() for stem in side}
    allowed = _reasons(choice["allowed"], known, "stem")
    take: Mapping[str, list[str]] = choice["take"]
    _reasons({"": list(take)}, known, "stem")
    for side, coded in stems.items():
        for stem in coded:
            if (stem in allowed) == (stem in take):
                raise WordingError(f"The stem {stem!r} is neither taken nor allowed, or both.")
            yield Entry(
                *(normal(stem), "stem", "gender", "allowed" if stem in allowed else "hint"),
                *("", side, choice["why"][side], "|".join(take.get(stem, ()))),
                *(allowed.get(stem, ""), DECODER),
            )
