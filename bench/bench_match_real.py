"""All candidates of the demo against all that the real files publish: coverage, times, examples.

The files are imported as the command does it with `--publish`; the candidates come from the demo's
factory. Prints markdown for docs/figures.md, and with SHOW=1 ten matches with the words of
the ads, for somebody to read: of ads whose title names our trade, because the files hold others
too, and an import does not judge that. Each candidate meets all open postings.
"""

import os
import re
from collections import Counter
from datetime import UTC, datetime
from random import Random
from statistics import mean, quantiles
from time import perf_counter, process_time

import pytest
from django.core.management import call_command

from postings.actions.imports import RunOrders, import_lines
from postings.content import PostingContent
from postings.demo.candidates import seed_candidates
from postings.demo.people import crowd
from postings.enums import RequirementKind
from postings.matching.candidates import facts_of_many
from postings.matching.explanations import explanations
from postings.matching.inputs import PostingFacts, Profile
from postings.matching.openings import Openings
from postings.matching.ranking import Match, match, ranked
from postings.matching.retrieval import MOST_POSTINGS, read
from postings.models import Posting
from postings.search.query import newest_first
from profiles.models import CandidateProfile, User
from profiles.taxonomy.vocabulary import current_vocabulary
from tests.shared_data import ROOT, needs

FILES = ("nyc", "startups", "remote", "swedish", "without-description")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
ENOUGH_ROWS = 3
OUR_TRADE = re.compile(
    r"customer|support|service|success|\bcare\b|call|contact|help ?desk|guest|client|complaint"
    r"|claims|retention",
    re.IGNORECASE,
)
SUGGESTED = (RequirementKind.SKILL, RequirementKind.TOOL, RequirementKind.CERTIFICATE)


@needs(*(f"postings/{name}.jsonl" for name in FILES))
def test_the_crowd_against_real_postings(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places", verbosity=0)
    call_command("load_taxonomy", verbosity=0)
    with capsys.disabled():
        print_coverage()
        facts, seconds = all_facts()
        print(f"\n{len(facts)} published postings read in {seconds:.2f} s of processor")
        profiles = all_profiles()
        every = print_times(profiles, facts)
        print_tiers(every)
        if os.environ.get("SHOW"):
            print_examples(profiles, facts)


def print_coverage() -> None:
    """By file: how many postings have enough suggested requirements, of all and of the public."""
    print("\n| file | postings | with 3 or more suggested | published | of these with 3 or more |")
    print("|---|--:|--:|--:|--:|")
    for name in FILES:
        lines = (ROOT / f"postings/{name}.jsonl").read_bytes().splitlines()
        run = RunOrders(publish=True, now=NOW, keep_lines=True, vocabulary=current_vocabulary())
        report = import_lines(lines=lines, run=run, progress=lambda number: None)
        made = [line for line in report.lines if line.content is not None]
        public = [line for line in made if line.published]
        counts = [sum(has_enough(line.content) for line in some) for some in (made, public)]
        print(
            f"| {name} | {len(made):,} | {counts[0]:,} ({share(counts[0], len(made))})"
            f" | {len(public):,} | {counts[1]:,} ({share(counts[1], len(public))}) |"
        )


def has_enough(content: PostingContent | None) -> bool:
    assert content is not None
    return sum(row.kind in SUGGESTED for row in content.requirements) >= ENOUGH_ROWS


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def all_facts() -> tuple[list[PostingFacts], float]:
    """What a match reads of every published posting, in the batches of a page."""
    begun = process_time()
    newest = newest_first(Posting.objects.published(now=NOW).filter(document__isnull=False))
    keys = list(newest.values_list("pk", flat=True))
    facts = [
        one
        for begin in range(0, len(keys), MOST_POSTINGS)
        for one in read(newest.filter(pk__in=keys[begin : begin + MOST_POSTINGS])).postings
    ]
    return facts, process_time() - begun


def all_profiles() -> dict[str, Profile]:
    """The demo's crowd by the label of each."""
    people = crowd(TODAY)
    users = User.objects.bulk_create([User(email=one.email, name=one.name) for one in people])
    seed_candidates(zip(people, users, strict=True), now=NOW)
    rows = {row.pk: row for row in CandidateProfile.objects.select_related("user")}
    found = facts_of_many(rows.values(), today=TODAY)
    return {f"{rows[pk].user.name}: {rows[pk].headline}": facts for pk, facts in found.items()}


def print_times(
    profiles: dict[str, Profile], facts: list[PostingFacts]
) -> dict[str, tuple[Match, ...]]:
    every: dict[str, tuple[Match, ...]] = {}
    whole, page = [], []
    for name, profile in profiles.items():
        begun = perf_counter()
        every[name] = tuple(ranked(match(profile, one, today=TODAY) for one in facts))
        whole.append(perf_counter() - begun)
        begun = perf_counter()
        first = ranked(match(profile, one, today=TODAY) for one in facts[:MOST_POSTINGS])
        explanations(profile, first[:20], Openings(first, today=TODAY), today=TODAY)
        page.append(perf_counter() - begun)
    pairs = len(profiles) * len(facts)
    print(
        f"\n{pairs:,} pairs in {sum(whole):.1f} s: {1e6 * sum(whole) / pairs:.0f} µs each;"
        f" a candidate against all {1000 * mean(whole):.0f} ms"
        f" (p95 {1000 * quantiles(whole, n=20)[-1]:.0f}); a page of 20 explained among"
        f" {MOST_POSTINGS} {1000 * mean(page):.0f} ms (p95 {1000 * quantiles(page, n=20)[-1]:.0f})"
    )
    return every


def print_tiers(every: dict[str, tuple[Match, ...]]) -> None:
    tiers = Counter(
        str(found.tier) for matches in every.values() for found in matches if found.is_eligible
    )
    nobody = sum(not any(found.is_eligible for found in matches) for matches in every.values())
    pairs = sum(tiers.values())
    print(f"\nEligible pairs {pairs:,}: {dict(tiers)}; candidates without any: {nobody}")


def print_examples(profiles: dict[str, Profile], facts: list[PostingFacts]) -> None:
    """Ten candidates, each with the first, second or third match in turn."""
    titles = dict(Posting.objects.values_list("public_id", "title"))
    ours = [one for one in facts if OUR_TRADE.search(titles[one.id])]
    print(f"\n{len(ours)} of {len(facts)} have a title of our trade")
    every = {
        name: ranked(match(profile, one, today=TODAY) for one in ours)
        for name, profile in profiles.items()
    }
    names = [name for name, matches in every.items() if matches[2].is_eligible]
    chosen = Random(4).sample(names, min(10, len(names)))
    for place, name in enumerate(chosen):
        found = every[name][place % 3]
        posting = Posting.objects.select_related("employer").get(public_id=found.posting.id)
        content = posting.live_content
        print(f"\n=== {name}\n{profiles[name]}")
        print(
            f"--- {posting.title}, {posting.employer}, {found.posting.countries}, {content.level}"
        )
        for row in found.rows:
            must = "must" if row.ask.must else "nice"
            print(f"  {must} {row.name}: {row.signal.status}, {row.reason}")
        print(f"  {found.tier} {found.score and int(found.score)}; constraints:")
        for one in found.constraints:
            print(f"  {one.name} {one.passed}: {one.reason}")
        print(content.description[:1500])
