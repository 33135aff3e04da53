"""The candidates of the demo, before they are loaded."""

from collections import Counter
from datetime import date

from cscareers.core.tables import read_tsv
from postings.demo.people import candidate_of_the_demo, crowd
from profiles.enums import Visibility
from profiles.taxonomy.shipped import DATA

TODAY = date(2026, 11, 22)


def test_the_crowd_is_the_same_each_time_and_whole() -> None:
    people = crowd(TODAY)
    assert crowd(TODAY) == people
    assert len({person.email for person in people}) == 60
    assert all(person.skills for person in people)
    assert {person.columns["visibility"] for person in people} == {str(v) for v in Visibility}
    at_home = Counter(person.columns["work_countries"][0] for person in people)["US"]
    assert 25 <= at_home <= 45
    assert len(crowd(TODAY, times=2)) == 120


def test_their_terms_are_terms_of_ours() -> None:
    people = (*crowd(TODAY), candidate_of_the_demo("dana@example.test", "Dana"))
    named = {row["skill"] for p in people for row in (*p.skills, *p.certificates)}
    named |= {row["skill"] for p in people for row in p.evidence if "skill" in row}
    assert named - {row["slug"] for row in read_tsv(DATA / "skills.tsv")} == set()


def test_jobs_follow_each_other() -> None:
    worked = [person.experience for person in crowd(TODAY) if len(person.experience) == 2]
    assert len(worked) > 30
    for now, before in worked:
        assert before["started"] < before["ended"] == now["started"] <= "2026-12"
