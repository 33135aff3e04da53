"""Pairs of real postings, for `bench_duplicates.py`: read from the files, found by their prints,
and made by construction."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

from cscareers.core.fold import fold
from postings.content import PostingContent, ZonedPay
from postings.duplicates.likeness import Facts, facts_of, print_of
from postings.importers.schema_org import PlaceText, PostingDraft, Refused, read_line
from tests.shared_data import ROOT

FILES = ("nyc", "startups", "remote", "swedish")
MOST_OF_A_BAND = 60


@dataclass(frozen=True, slots=True)
class Ad:
    """A posting of a file. Places stay text here: two that are written alike are the same."""

    file: str
    line: int
    key: str
    employer: str
    content: PostingContent
    places: tuple[PlaceText, ...]
    facts: Facts

    @property
    def name(self) -> tuple[str, int]:
        return self.file, self.line


Pair = tuple[Ad, Ad]


def ad_of(file: str, line: int, draft: PostingDraft) -> Ad:
    content, places = draft.content, draft.places
    employer = fold(draft.employer_name)
    return with_facts(Ad(file, line, draft.key, employer, content, places, facts_of(content)))


def with_facts(ad: Ad) -> Ad:
    """The same with the facts that follow from its content and places."""
    places = frozenset(fold(f"{place.text} {place.city} {place.country}") for place in ad.places)
    return replace(ad, facts=replace(facts_of(ad.content), places=places))


def read_ads(file: str) -> list[Ad]:
    """The postings of a file that have a text."""
    ads = []
    with (ROOT / "postings" / f"{file}.jsonl").open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            draft = read_line(raw.decode("utf-8-sig", "replace"))
            if not isinstance(draft, Refused) and draft.content.description:
                ads.append(ad_of(file, number, draft))
    return ads


def met(ads: list[Ad]) -> list[Pair]:
    """The pairs that share a band of their prints: what retrieval would compare."""
    bands: dict[int, list[int]] = defaultdict(list)
    for number, ad in enumerate(ads):
        for band in print_of(ad.facts.text):
            bands[band].append(number)
    pairs = {pair for found in bands.values() for pair in combinations(found[:MOST_OF_A_BAND], 2)}
    return [(ads[one], ads[other]) for one, other in sorted(pairs)]


# --- by construction --------------------------------------------------------------------------


def repeats(ads: list[Ad]) -> list[Pair]:
    """Postings that say the same under other identifiers, one pair for each repeat."""
    by_words: dict[tuple[object, ...], list[Ad]] = defaultdict(list)
    for ad in ads:
        text = fold(ad.content.description)
        by_words[ad.employer, fold(ad.content.title), text].append(ad)
    return [
        pair for same in by_words.values() for pair in pairwise(same) if pair[0].key != pair[1].key
    ]


def edited(ads: list[Ad], *, seed: int) -> Iterator[tuple[str, Pair]]:
    """Each posting beside a copy with one seeded edit, by the name of the edit."""
    chance = random.Random(seed)
    for ad in ads:
        for name, edit in _EDITS.items():
            changed = edit(ad, chance)
            if changed is not None:
                yield name, (ad, with_facts(changed))


def _moved(ad: Ad, chance: random.Random) -> Ad | None:
    return replace(ad, places=(PlaceText(city=f"Elsewhere {chance.randrange(99)}"),))


def _paid(ad: Ad, chance: random.Random) -> Ad | None:
    base = ad.content.base_band
    if base is None:
        return None
    factor = Decimal(chance.choice(["0.9", "1.05", "1.1", "1.2"]))
    band = replace(
        base.band, minimum=base.band.minimum * factor, maximum=base.band.maximum * factor
    )
    return replace(ad, content=ad.content.with_(pay_bands=(ZonedPay(band),)))


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]


def _rewritten(ad: Ad, chance: random.Random) -> Ad | None:
    """One sentence is gone and another has its words in another order."""
    parts = _sentences(ad.content.description)
    if len(parts) < 4:
        return None
    gone, turned = chance.sample(range(len(parts)), 2)
    words = parts[turned].split()
    chance.shuffle(words)
    kept = [" ".join(words) if n == turned else part for n, part in enumerate(parts) if n != gone]
    return replace(ad, content=ad.content.with_(description="\n".join(kept)))


def _marked(ad: Ad, chance: random.Random) -> Ad | None:
    """The title has a word before or behind it."""
    title = ad.content.title
    more = chance.choice([f"Urgent: {title}", f"{title} (apply now)", f"{title}, full time"])
    return replace(ad, content=ad.content.with_(title=more))


def _all_of_it(ad: Ad, chance: random.Random) -> Ad | None:
    changed: Ad | None = ad
    for edit in (_moved, _paid, _rewritten):
        changed = edit(changed, chance) or changed if changed else None
    return changed


_EDITS = {
    "another place": _moved,
    "other pay": _paid,
    "a sentence": _rewritten,
    "title": _marked,
    "place, pay and a sentence": _all_of_it,
}


def strangers(ads: list[Ad], *, seed: int) -> list[Pair]:
    """Different postings of one employer: titles that share no word, two pairs an employer's
    posting at most."""
    chance = random.Random(seed)
    by_employer: dict[str, list[Ad]] = defaultdict(list)
    for ad in ads:
        by_employer[ad.employer].append(ad)
    pairs = []
    for same in by_employer.values():
        for ad in same:
            words = set(ad.facts.title.split())
            others = [
                o for o in same if o.line > ad.line and not words & set(o.facts.title.split())
            ]
            pairs += [(ad, other) for other in chance.sample(others, min(2, len(others)))]
    return pairs
