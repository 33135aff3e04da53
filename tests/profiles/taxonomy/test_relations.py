"""The reviewed pairs of related terms: what they may name, and both ways."""

from collections import Counter

from cscareers.core.tables import read_tsv
from profiles.taxonomy.normalize import normalize
from profiles.taxonomy.shipped import DATA, read_relations, related_terms

PAIRS = list(read_relations())
SKILLS = {row["slug"]: row for row in read_tsv(DATA / "skills.tsv")}
MOST = 150


def test_pairs_name_two_terms_that_are_held_by_degree_once_and_say_why():
    named = {slug for pair in PAIRS for slug in (pair.slug_a, pair.slug_b)}
    assert named - SKILLS.keys() == set()
    assert {slug for slug in named if SKILLS[slug]["kind"] == "certificate"} == set()
    ordered = [(pair.slug_a, pair.slug_b) for pair in PAIRS]
    assert [pair for pair in ordered if pair[0] >= pair[1]] == []  # so none with itself, none twice
    assert ordered == sorted(set(ordered))
    assert [pair for pair in PAIRS if not 10 <= len(pair.why) <= 80] == []
    assert 100 <= len(PAIRS) <= MOST


def test_no_term_is_related_to_another_name_of_its_own():
    names = {slug: {normalize(row["name"])} for slug, row in SKILLS.items()}
    for row in read_tsv(DATA / "skill_aliases.tsv"):
        names[row["slug"]].add(normalize(row["alias"]))
    shared = [(p.slug_a, p.slug_b) for p in PAIRS if names[p.slug_a] & names[p.slug_b]]
    assert shared == []


def test_both_are_related_to_each_other_and_nothing_follows_from_that():
    related = related_terms()
    assert sum(map(len, related.values())) == 2 * len(PAIRS)
    for pair in PAIRS:
        assert related[pair.slug_a][pair.slug_b] == SKILLS[pair.slug_b]["name"]
        assert related[pair.slug_b][pair.slug_a] == SKILLS[pair.slug_a]["name"]
    assert "help-scout" in related["zendesk"]
    assert "front" not in related["freshdesk"]  # though Help Scout is related to both


def test_nothing_is_related_to_half_of_the_taxonomy():
    counted = Counter(slug for pair in PAIRS for slug in (pair.slug_a, pair.slug_b))
    assert counted.most_common(1)[0][1] <= 14
