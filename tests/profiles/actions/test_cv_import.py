"""What was read in a CV: kept until its owner decides, taken once, never lowering anything."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from profiles.actions import candidates, cv_import
from profiles.cv.facts import Fact, NotTaken, Suggestion
from profiles.cv.resume_in import Reading, names_in, read_resume
from profiles.cv.resume_out import document
from profiles.enums import CvKind, FactKind, SuggestionStatus
from profiles.models import (
    CandidateProfile,
    CandidateSkill,
    CvImport,
    CvSuggestion,
    Experience,
    User,
)
from profiles.portable import holdings, known_for, term_names
from tests.factories.candidates import make_candidate
from tests.factories.full import make_full_candidate, make_term
from tests.factories.people import make_user

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def reading(*facts: tuple[str, dict]) -> Reading:
    return Reading(tuple(Suggestion(Fact(FactKind(kind), said), "words") for kind, said in facts))


def begin(user: User, *facts: tuple[str, dict]) -> CvImport:
    return cv_import.start_import(user=user, kind=CvKind.TEXT, reading=reading(*facts), now=NOW)


def take_all(found: CvImport) -> cv_import.Outcome:
    return cv_import.accept_all(cv_import=found, said={}, now=NOW)


def said(profile: CandidateProfile) -> list[str]:
    kept = CandidateProfile.objects.get(pk=profile.pk)
    facts = [holding.fact for holding in holdings(kept)]
    return sorted(json.dumps([fact.kind, fact.values], sort_keys=True) for fact in facts)


def test_the_first_cv_makes_the_profile_and_puts_nothing_into_it():
    user = make_user()
    left = (NotTaken("/basics/phone", "we keep no number"),)
    read = Reading(reading(("about", {"headline": "Lead"})).suggestions, left)
    found = cv_import.start_import(user=user, kind=CvKind.JSON, reading=read, now=NOW)
    assert said(user.candidate) == []
    assert found.not_taken == [{"where": "/basics/phone", "why": "we keep no number"}]
    (row,) = found.suggestions.all()
    assert (row.kind, row.facts, row.quote, row.status) == (
        "about",
        {"headline": "Lead"},
        "words",
        "open",
    )


def test_only_the_newest_of_a_person_are_kept(monkeypatch):
    monkeypatch.setattr(cv_import, "MOST_KEPT", 2)
    user, other = make_user(), begin(make_user())
    begun = [begin(user, ("about", {"headline": str(number)})) for number in range(4)]
    assert [*CvImport.objects.order_by("pk")] == [other, *begun[2:]]
    assert CvSuggestion.objects.count() == 2


def test_what_is_ticked_is_taken_with_what_was_chosen_beside_it():
    make_term("coaching"), make_term("zendesk", "tool")
    profile = make_candidate()
    found = begin(
        profile.user,
        ("skill", {"slug": "zendesk", "level": 1}),
        ("skill", {"slug": "coaching", "years": "2.5"}),
        ("wish", {"pay_floor": "31.5", "pay_currency": "USD", "pay_period": "hour"}),
    )
    zendesk, coaching, pay = found.suggestions.order_by("pk")
    chosen = {coaching.pk: {"level": 3}, pay.pk: {}}
    outcome = cv_import.accept(cv_import=found, chosen=chosen, now=NOW)
    assert (outcome.taken, outcome.refused) == (2, ())
    (row,) = CandidateSkill.objects.filter(profile=profile)
    assert (row.skill.slug, row.level, row.years) == ("coaching", 3, Decimal("2.5"))
    profile.refresh_from_db()
    assert (profile.pay_floor, profile.pay_currency, profile.pay_period) == (
        Decimal("31.5"),
        "USD",
        "hour",
    )
    states = list(found.suggestions.order_by("pk").values_list("status", "decided_at"))
    assert states == [("open", None), ("accepted", NOW), ("accepted", NOW)]
    assert zendesk.status == SuggestionStatus.OPEN


def test_what_was_decided_is_not_decided_again():
    make_term("zendesk", "tool")
    found = begin(make_user(), ("skill", {"slug": "zendesk", "level": 1}))
    (row,) = found.suggestions.all()
    assert take_all(found).taken == 1
    CandidateSkill.objects.update(level=4)
    again = cv_import.accept(cv_import=found, chosen={row.pk: {"level": 2}}, now=NOW)
    assert (again.taken, CandidateSkill.objects.get().level) == (0, 4)
    assert cv_import.dismiss(cv_import=found, chosen=[row.pk], now=NOW) == 0
    row.refresh_from_db()
    assert row.status == SuggestionStatus.ACCEPTED


def test_the_suggestions_of_another_import_are_not_touched():
    mine = begin(make_user(), ("about", {"headline": "Mine"}))
    theirs = begin(make_user(), ("about", {"headline": "Theirs"}))
    key = theirs.suggestions.get().pk
    assert cv_import.accept(cv_import=mine, chosen={key: {}}, now=NOW).taken == 0
    assert cv_import.dismiss(cv_import=mine, chosen=[key], now=NOW) == 0
    assert theirs.suggestions.get().status == SuggestionStatus.OPEN


def test_nothing_is_lowered_or_replaced_unasked():
    profile = make_candidate(skills={"zendesk": 3}, languages={"es": "C1"}, headline="Mine")
    Experience.objects.create(profile=profile, position="Lead", started="2019", summary="Mine")
    found = begin(
        profile.user,
        ("skill", {"slug": "zendesk", "level": 1, "years": "4"}),
        ("language", {"code": "es", "cefr": "A2"}),
        ("experience", {"kind": "job", "position": "lead", "started": "2019", "ended": "2020",
                        "summary": "Theirs"}),
        ("about", {"headline": "Theirs"}),
    )  # fmt: skip
    assert take_all(found).taken == 3
    profile.refresh_from_db()
    skill, job = profile.skills.get(), profile.experience.get()
    assert (skill.level, skill.years, profile.languages.get().cefr) == (3, 4, "C1")
    assert (job.position, job.ended, job.summary, profile.headline) == (
        "Lead",
        "2020",
        "Mine",
        "Mine",
    )
    # Only when somebody names it.
    (replacing,) = found.suggestions.filter(status=SuggestionStatus.OPEN)
    cv_import.accept(cv_import=found, chosen={replacing.pk: {}}, now=NOW)
    profile.refresh_from_db()
    assert profile.headline == "Theirs"


def test_one_that_the_profile_cannot_keep_spoils_no_other():
    found = begin(
        make_user(),
        ("skill", {"slug": "gone"}),
        ("experience", {"kind": "job", "position": "Lead", "started": "2020", "ended": "2019"}),
        ("about", {"headline": "Lead"}),
    )
    outcome = take_all(found)
    assert outcome.taken == 1
    assert [why for _, why in outcome.refused] == [cv_import.GONE, "This ends before it begins."]
    assert CvSuggestion.objects.filter(status=SuggestionStatus.OPEN).count() == 2


def test_a_full_profile_is_not_asked_again_and_again(monkeypatch):
    monkeypatch.setattr(candidates, "MOST_ROWS", 1)
    asked = []
    for many in (3, 20):
        jobs = [("experience", {"kind": "job", "position": f"Lead {n}"}) for n in range(many)]
        found = begin(make_user(), *jobs, ("about", {"headline": "Lead"}))
        with CaptureQueriesContext(connection) as queries:
            outcome = take_all(found)
        assert (outcome.taken, [why for _, why in outcome.refused]) == (
            2,
            [cv_import.FULL] * (many - 1),
        )
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_is_left_out_is_left_out():
    found = begin(make_user(), ("about", {"headline": "a"}), ("about", {"summary": "b"}))
    first = found.suggestions.earliest("pk")
    assert cv_import.dismiss(cv_import=found, chosen=[first.pk], now=NOW) == 1
    assert cv_import.dismiss(cv_import=found, chosen=None, now=NOW) == 1
    assert take_all(found).taken == 0


def test_all_is_forgotten_after_30_days_and_with_the_profile():
    old = begin(make_user(), ("about", {"headline": "a"}))
    CvImport.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=30, seconds=1))
    new = begin(make_user(), ("about", {"headline": "a"}))
    assert cv_import.sweep(now=NOW) == 1
    assert [*CvImport.objects.all()] == [new]
    new.profile.user.delete()
    assert not CvSuggestion.objects.exists()


def test_a_whole_profile_goes_out_and_comes_back():
    profile = make_full_candidate()
    facts = [holding.fact for holding in holdings(profile)]
    sent = json.loads(json.dumps(document(facts, term_names(facts))))
    read = read_resume(sent, known_for(*names_in(sent)), today=TODAY)
    assert read.not_taken == ()
    found = cv_import.start_import(user=make_user(), kind=CvKind.JSON, reading=read, now=NOW)
    assert take_all(found).refused == ()
    assert said(found.profile) == said(profile)
    again = cv_import.start_import(user=profile.user, kind=CvKind.JSON, reading=read, now=NOW)
    before = said(profile)
    assert take_all(again).refused == ()
    assert said(profile) == before
