"""How well the match orders postings for people, against two readers: tables for docs/figures.md.

`bench/judgements/README.md` says what was judged and how. The judged postings are imported as the
command does it and matched by what the API calls; those that the import keeps as drafts are read
by the same functions, which only a public posting would otherwise reach. The measure is nDCG@10
(gain 2^grade - 1, the grade is the mean of both readers), beside it BM25 over the text and the
expectation of chance. JUDGEMENTS names another folder with labels.
"""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

import pytest
from django.core.management import call_command
from django.http import QueryDict

from bench import judged
from bench.ranking_figures import Bm25, expected_ndcg, interval, kappa, ndcg
from postings.actions.imports import RunOrders, import_lines
from postings.content import PostingContent
from postings.filters import PostingFilterSet
from postings.matching.inputs import SPEC_VERSION, PostingFacts, Term, posting_facts
from postings.matching.ranking import Match, match, ranked
from postings.matching.resume import read_resume
from postings.matching.retrieval import asked_postings, profile_of, spots_of
from postings.models import Posting
from profiles.models import Skill
from profiles.taxonomy.vocabulary import current_vocabulary
from tests.shared_data import needs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILES = ("nyc", "startups", "remote", "swedish")
LABELS = Path(os.environ.get("JUDGEMENTS", judged.FOLDER))
KINDS = ("match", "bm25", "chance")
GOAL, GOAL_OVER_BM25, GOAL_KAPPA = 0.85, 0.10, 0.6
absent = [one for one in judged.READERS if not (LABELS / f"labels_{one}.tsv").exists()]


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one profile: nDCG@10 by kind of order, and the mean grades in our order."""

    profile: str
    headline: str
    figures: Mapping[str, float]
    grades: tuple[float, ...]


@needs(*(f"postings/{name}.jsonl" for name in FILES))
@pytest.mark.skipif(bool(absent), reason=f"no labels of reader {', '.join(absent)}")
def test_match_quality(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places", verbosity=0)
    call_command("load_taxonomy", verbosity=0)
    a, b = (judged.labels(LABELS, reader) for reader in judged.READERS)
    names = {pair.id for pair in judged.pairs()}
    assert a.keys() == names
    assert b.keys() == names
    facts, public = imported()
    grades = {name: (a[name] + b[name]) / 2 for name in names}
    rows = measured(facts, grades)
    only = {name: one for name, one in facts.items() if name in public}
    with capsys.disabled():
        print_readers(a, b)
        print_orders(f"all {len(facts)} postings", rows)
        print_orders(f"the {len(only)} public ones", measured(only, grades))
        print_profiles(rows)


# ---- our order, and the others ----


def imported() -> tuple[dict[str, PostingFacts], set[str]]:
    """What the match reads of each judged posting, and which of them are public."""
    ads = judged.ads()
    contents: dict[str, PostingContent] = {}
    keys: dict[str, str] = {}
    for file in FILES:
        mine = [ad for ad in ads.values() if ad.file == file]
        run = RunOrders(publish=True, now=NOW, keep_lines=True, vocabulary=current_vocabulary())
        lines = [ad.raw for ad in mine]
        report = import_lines(lines=lines, run=run, progress=lambda number: None)
        for ad, line in zip(mine, report.lines, strict=True):
            assert line.content is not None, (ad, line)
            contents[ad.id] = line.content
            if line.published:
                posting = Posting.objects.get(pk=line.posting_id)
                keys[posting.public_id] = ad.id
    slugs = {r.skill for content in contents.values() for r in content.requirements if r.skill}
    terms = {s: Term(t.slug, t.name) for s, t in Skill.objects.by_slug(slugs).items()}
    spots = spots_of(p.city for c in contents.values() for p in c.locations if p.city)
    facts = {
        name: posting_facts(content, id=name, published_at=NOW, terms=terms, spots=spots)
        for name, content in contents.items()
    }
    asked = asked_postings(PostingFilterSet(QueryDict(""), now=NOW)).postings
    found = {keys[one.id]: replace(one, id=keys[one.id], published_at=NOW) for one in asked}
    assert found == {name: facts[name] for name in keys.values()}
    return facts, set(found)


def matched(profile: str, facts: Sequence[PostingFacts]) -> list[Match]:
    """The postings as the product orders them for a profile."""
    today = NOW.date()
    mine, strange = profile_of(read_resume(judged.profiles()[profile], today=today))
    assert not strange, (profile, strange)
    return ranked(match(mine, one, today=today) for one in facts)


def measured(facts: Mapping[str, PostingFacts], grades: Mapping[str, float]) -> list[Row]:
    """A row for each profile that has a posting to be shown; the others have no best order."""
    ads, resumes = judged.ads(), judged.profiles()
    bm25 = Bm25({name: judged.ad_text(ad) for name, ad in ads.items()})
    drawn = defaultdict(list)
    for pair in judged.pairs():
        if pair.ad in facts:
            drawn[pair.profile].append(pair.ad)
    rows = []
    for profile, resume in resumes.items():
        found = matched(profile, [facts[name] for name in drawn[profile]])
        ours = [grades[f"{profile}-{one.posting.id}"] for one in found]
        order = bm25.ranked(judged.query(resume), drawn[profile])
        theirs = [grades[f"{profile}-{name}"] for name in order]
        figures = dict(zip(KINDS, (ndcg(ours), ndcg(theirs), expected_ndcg(ours)), strict=True))
        known = {kind: figure for kind, figure in figures.items() if figure is not None}
        if known:
            rows.append(Row(profile, resume["basics"]["label"], known, tuple(ours)))
    return rows


# ---- tables ----


def print_readers(a: Mapping[str, int], b: Mapping[str, int]) -> None:
    both = [(a[name], b[name]) for name in sorted(a)]
    same = sum(one == other for one, other in both) / len(both)
    near = sum(abs(one - other) <= 1 for one, other in both) / len(both)
    plain, weighted = kappa(both), kappa(both, quadratic=True)
    print(f"\nReaders: {len(both)} pairs, the same grade {same:.1%}, at most one apart {near:.1%};")
    print(f"  κ {plain:.3f}, quadratic-weighted {weighted:.3f} (wanted {GOAL_KAPPA})")
    for grade in range(4):
        row = [sum(pair == (grade, other) for pair in both) for other in range(4)]
        print(f"  a gives {grade}: b gives 0–3 {row}")


def print_orders(what: str, rows: Sequence[Row]) -> None:
    print(f"\nnDCG@10, {what}, {len(rows)} profiles with one to be shown, match {SPEC_VERSION}")
    print("| order | nDCG@10 | 95 % over profiles |\n|---|--:|---|")
    for kind in KINDS:
        print(f"| {kind} | {said([row.figures[kind] for row in rows])} |")
    for other in KINDS[1:]:
        print(
            f"| match − {other} | {said([r.figures['match'] - r.figures[other] for r in rows])} |"
        )
    ours, theirs = (mean(row.figures[kind] for row in rows) for kind in KINDS[:2])
    met = ours >= GOAL and ours >= theirs + GOAL_OVER_BM25
    print(f"Goal {GOAL} and BM25 + {GOAL_OVER_BM25:.2f}: {'met' if met else 'not met'}")


def said(values: Sequence[float]) -> str:
    low, high = interval(values)
    return f"{mean(values):.3f} | {low:.3f} to {high:.3f}"


def print_profiles(rows: Sequence[Row]) -> None:
    print("\n| profile, worst first | match | BM25 | chance | grades in our order |")
    print("|---|--:|--:|--:|---|")
    for row in sorted(rows, key=lambda row: row.figures["match"]):
        figures = " | ".join(f"{row.figures[kind]:.2f}" for kind in KINDS)
        print(f"| {row.profile} {row.headline} | {figures} | {grades_in_words(row.grades)} |")


def grades_in_words(grades: Sequence[float]) -> str:
    return " ".join(f"{grade:g}" for grade in grades[:10])
