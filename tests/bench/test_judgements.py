"""What was judged is whole: thirty people, twenty postings each, and facts that the match reads."""

from collections import Counter
from datetime import date

import pytest

from bench import judged
from postings.matching.resume import read_resume

TODAY = date(2026, 11, 22)


def test_twenty_pairs_for_each_of_thirty_profiles() -> None:
    count = Counter(pair.profile for pair in judged.pairs())
    assert count == dict.fromkeys(judged.profiles(), 20)
    assert len(count) == 30


def test_pairs_are_named_by_what_they_join() -> None:
    ads, pairs = judged.ads(), judged.pairs()
    assert [pair.id for pair in pairs] == sorted({f"{pair.profile}-{pair.ad}" for pair in pairs})
    assert {pair.ad for pair in pairs} <= ads.keys()


def test_profiles_name_terms_of_the_taxonomy_and_are_read() -> None:
    slugs = judged.shipped_names().keys()
    for name, document in judged.profiles().items():
        own = read_resume(document, today=TODAY).own
        assert {slug for slug, _ in (*own.skills, *own.certificates)} <= slugs, name


def test_a_profile_in_words() -> None:
    assert judged.shown_profile(judged.profiles()["p03"]) == (
        "Friendly on the phone.\n"
        "Lives in United States.\n"
        "Skills: Customer service (works alone); Telephone manner (works alone); "
        "Patience (works alone).\n"
        "Wants: level: representative; jobs in United States."
    )


def test_plain_text_has_no_tags_and_no_entities() -> None:
    assert judged.plain("<p>Help&nbsp;desk &amp; phones</p><li>Chat</li>") == (
        "Help desk & phones\nChat"
    )


@pytest.mark.parametrize("rows", ["p1\t4\n", "p1\t-1\n", "p1\t2\np1\t2\n"])
def test_a_wrong_or_repeated_grade_is_refused(tmp_path, rows: str) -> None:
    (tmp_path / "labels_a.tsv").write_text("pair\tgrade\n" + rows, "utf-8")
    with pytest.raises(ValueError, match="p1 has no single grade"):
        judged.labels(tmp_path, "a")
