"""The labelled ads as the risk rules see them, and which of them belong together.

The file's marks of its own making are taken out first, for the frauds come from another part of it
than the honest ads: everything but ASCII (its "€™" stands in one part only), the place (empty in
one part), and line breaks that were lost ("overviewWe"). Hashed addresses become addresses again.
"""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from postings.risk.facts import Facts
from postings.risk.terms import terms_of
from postings.wording.hints import Text

FILE: Final = "text/scam_ads_labelled.csv"
_ADDRESSES: Final = {
    "URL": " https://example.test/page ",
    "EMAIL": " someone@example.test ",
    "PHONE": " +1 202 555 0100 ",
}
LAYOUT: Final = (
    "link links https example test page title description type town city using below role"
    " relocation location industry duration"
)
"""Headings and links of one site that passed ads on: they tell the site, not the fraud."""
STOP: Final = (
    "a an and are as at be by for from has have in is it its of on or our that the their this to"
    " was we will with you your other all any not off can may must who which these those"
)
_LEFT: Final = frozenset(f"{LAYOUT} {STOP}".split())
_ADDRESS: Final = re.compile(r"#(URL|EMAIL|PHONE)_[0-9a-f]+#?")
ALIKE: Final = 0.5  # share of common word triples from which two ads are one
_COMMON: Final = 60  # a triple of more ads than this says nothing


@dataclass(frozen=True, slots=True)
class Ad:
    """One labelled ad; ads of one `group` are the same text or come from one employer."""

    facts: Facts
    terms: frozenset[str]
    fraud: bool
    group: int


@dataclass(frozen=True, slots=True)
class Labelled:
    ads: list[Ad]
    left_out: int
    groups: int


def read_ads(path: Path) -> Labelled:
    """The ads that have a description; how many had none."""
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kept = [row for row in rows if row["description"].strip()]
    groups = grouped(kept)
    ads = [ad(row, group) for row, group in zip(kept, groups, strict=True)]
    return Labelled(ads, len(rows) - len(kept), len(set(groups)))


def ad(row: dict[str, str], group: int) -> Ad:
    texts = [
        Text(field, clean(row[field]))
        for field in ("title", "description", "requirements", "benefits")
    ]
    facts = Facts(
        texts=tuple(text for text in texts if text.text),
        employer_text=clean(row["company_profile"]),
        employer_logo=row["has_company_logo"] == "1",
    )
    terms = frozenset(filter(telling, terms_of(f"{facts.title}\n{facts.body}")))
    return Ad(facts, terms, row["fraudulent"] == "1", group)


def telling(term: str) -> bool:
    """True for words that a moderator could take for a reason."""
    words = term.split()
    return all(len(word) > 2 and word not in _LEFT for word in words)


def clean(text: str) -> str:
    text = _ADDRESS.sub(lambda found: _ADDRESSES[found[1]], text.replace("&amp;", "&"))
    text = re.sub(r"[^\x00-\x7f]+", " ", text)
    return re.sub(r"([a-z.!?:;)])([A-Z])", r"\1\n\2", text).strip()


def grouped(rows: list[dict[str, str]]) -> list[int]:
    """A number for each row; near-identical descriptions and one employer's ads share it."""
    parent = list(range(len(rows)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in (*near_identical(rows), *same_employer(rows)):
        parent[root(one)] = root(other)
    return [root(number) for number in range(len(rows))]


def near_identical(rows: list[dict[str, str]]) -> list[tuple[int, int]]:
    triples = []
    for row in rows:
        words = re.findall(r"[a-z]+", clean(row["description"]).lower())
        triples.append(set(zip(words, words[1:], words[2:], strict=False)) or {tuple(words)})
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, found in enumerate(triples):
        for triple in found:
            holders[triple].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if len(numbers) <= _COMMON:
            shared.update((a, b) for i, b in enumerate(numbers) for a in numbers[:i])
    return [
        (one, other)
        for (one, other), common in shared.items()
        if common / len(triples[one] | triples[other]) >= ALIKE
    ]


def same_employer(rows: list[dict[str, str]]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    pairs = []
    for number, row in enumerate(rows):
        profile = re.sub(r"\W+", "", clean(row["company_profile"]).lower())[:80]
        if profile:
            pairs.append((first.setdefault(profile, number), number))
    return pairs
