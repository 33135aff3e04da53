"""The rule that draws twenty postings a profile, and the packs that readers get.

`python -m bench.judged_pairs draw` writes `pairs.tsv` anew (the same each time);
`python -m bench.judged_pairs packs FOLDER` writes what two readers read, each in an order of its
own. The rule was fixed before anybody judged, and never asks the match.
"""

import argparse
import csv
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import judged
from bench.ranking_figures import Bm25
from postings.enums import Level

A_PROFILE = 20
SHARES = (("bm25", 6), ("level", 4), ("place", 4), ("chance", 6))
COLUMNS = ("id", "profile", "ad", "drawn_by")


def draw() -> list[judged.Pair]:
    """Twenty a profile: the best by BM25 over the text, then the nearest to the wanted level, then
    those in a country that the person names, the rest by chance; what a part lacks, chance adds."""
    ads = judged.ads()
    bm25 = Bm25({ad.id: judged.ad_text(ad) for ad in ads.values()})
    found = []
    for profile, resume in judged.profiles().items():
        by_chance = shuffled(ads, f"{profile} draw")
        orders = {
            "bm25": bm25.ranked(judged.query(resume), ads),
            "level": _by_level(resume, [ads[one] for one in by_chance]),
            "place": [one for one in by_chance if _is_near(resume, ads[one])],
            "chance": by_chance,
        }
        drawn: dict[str, str] = {}
        for part, share in SHARES:
            room = A_PROFILE - len(drawn) if part == "chance" else share
            free = [one for one in orders[part] if one not in drawn]
            drawn |= dict.fromkeys(free[:room], part)
        found += [judged.Pair(f"{profile}-{ad}", profile, ad, drawn[ad]) for ad in sorted(drawn)]
    return found


def shuffled(names: Iterable[str], seed: str) -> list[str]:
    """The names in an order that the seed decides, on every machine the same."""
    return sorted(names, key=lambda name: sha256(f"{seed} {name}".encode()).digest())


def _by_level(resume: dict[str, Any], ads: list[judged.Ad]) -> list[str]:
    wanted = resume.get("x-cscareers", {}).get("level_wanted")
    if wanted is None:
        return []
    levelled = [ad for ad in ads if ad.level]
    levelled.sort(key=lambda ad: abs(Level(ad.level).step - Level(wanted).step))
    return [ad.id for ad in levelled]


def _is_near(resume: dict[str, Any], ad: judged.Ad) -> bool:
    mine = set(resume.get("x-cscareers", {}).get("countries", ()))
    return bool(mine & set(ad.accepts if ad.mode == "remote" else ad.places))


def write(pairs: list[judged.Pair]) -> None:
    with (judged.FOLDER / "pairs.tsv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, dialect="excel-tab", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(pair, name) for name in COLUMNS] for pair in pairs)


def packs(folder: Path) -> None:
    """For each reader the ads and the profiles with their pairs, in an order of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    ads, resumes, pairs = judged.ads(), judged.profiles(), judged.pairs()
    for reader in judged.READERS:
        order = shuffled(ads, f"{reader} ads")
        texts = [f"=== {one}\n{judged.shown_ad(ads[one])}" for one in order]
        (folder / f"ads_{reader}.txt").write_text("\n\n".join(texts) + "\n", "utf-8")
        blocks = []
        for profile in shuffled(resumes, f"{reader} profiles"):
            mine = [pair.ad for pair in pairs if pair.profile == profile]
            asked = " ".join(shuffled(mine, f"{reader} {profile}"))
            shown = judged.shown_profile(resumes[profile])
            blocks.append(f"=== {profile}\n{shown}\nJudge, in this order: {asked}")
        (folder / f"pack_{reader}.txt").write_text("\n\n".join(blocks) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("draw", "packs"))
    parser.add_argument("folder", type=Path, nargs="?")
    asked = parser.parse_args()
    if asked.what == "draw":
        write(draw())
    elif asked.folder is None:
        parser.error("packs needs a folder")
    else:
        packs(asked.folder)


if __name__ == "__main__":
    main()
