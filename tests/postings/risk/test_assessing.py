"""What is kept of the risk of a posting, from its submission on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from postings.actions import lifecycle, reports, risk
from postings.enums import ReportCategory
from postings.models import PostingRevision, RiskAssessment, RiskRule
from postings.risk.gather import facts_about
from postings.risk.rules import load_rules
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import draft_posting, published_posting, submitted_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHIPPED = 10
LONG = "You look after the people who look after our customers. " * 10


def waiting(**changes):
    employer = changes.pop("employer", None) or make_employer(
        "Harbour", site="https://harbour.test"
    )
    changes = {"description": LONG, "apply_url": "https://harbour.test/1", **changes}
    author = make_member(employer)
    return submitted_posting(employer=employer, author=author, now=NOW, **changes).revisions.get()


def hits(revision):
    return {hit["code"]: hit["words"] for hit in revision.risk.hits}


def test_a_submission_is_assessed_and_the_answer_kept():
    employer = make_employer("Quay", verified=False, site="https://quay.test")
    employer.created_at = NOW - timedelta(days=2)
    author = make_member(employer, make_user("ann@gmail.com"))
    posting = draft_posting(
        employer=employer, author=author, now=NOW, description=LONG,
        apply_url="https://qu4y.test/1",
    )  # fmt: skip
    revision = posting.revisions.get()
    assert not RiskAssessment.objects.exists()
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=NOW)
    kept = RiskAssessment.objects.get(revision=revision)
    found = hits(revision)
    assert kept.score == sum(hit["points"] for hit in kept.hits)
    assert sorted(kept.codes) == sorted(found)
    assert {code: found.get(code) for code in ("new-employer", "apply-elsewhere", "free-mail")} == {
        "new-employer": ["here for 2 days, no public job before"],
        "apply-elsewhere": ["qu4y.test, not quay.test"],
        "free-mail": ["submitted by gmail.com"],
    }


def test_facts_come_from_the_rows_of_others_too():
    make_employer("Mill", verified_domain="millwork.test")
    published_posting(
        employer=make_employer("Copied"), now=NOW - timedelta(days=1), description=LONG
    )
    revision = waiting(apply_url="mailto:jobs@millw0rk.test", title="Customer Service Manager")
    facts = facts_about(revision, now=NOW)
    assert (facts.other_domains, facts.apply_domain, facts.apply_email) == (
        ("millwork.test",),
        "millw0rk.test",
        "jobs@millw0rk.test",
    )
    assert [(twin.employer, twin.same_employer) for twin in facts.twins] == [("Copied", False)]
    assert (facts.pay.low, facts.pay.high, facts.usual_pay.source) == (
        60_000,
        75_000,
        "US, May 2025",
    )
    assert hits(revision)["look-alike-domain"] == ["millw0rk.test resembles millwork.test"]


def test_a_job_that_reports_held_is_not_forgotten_when_it_is_closed_and_written_anew():
    employer = make_employer("Harbour", site="https://harbour.test")
    first, other = (published_posting(employer=employer, now=NOW) for _ in range(2))
    told = {
        "category": ReportCategory.FAKE, "words": "", "email": "", "reporter": None, "now": NOW,
    }  # fmt: skip
    for number in range(3):
        reports.report(posting=first, address=f"192.0.{number}.1", **told)
    first.refresh_from_db()
    lifecycle.close(posting=first, actor=None, now=NOW)
    wrong = reports.report(posting=other, address="192.0.9.1", **told)
    reports.dismiss(posting=other, reports=[wrong.pk], actor=make_moderator(), now=NOW)
    again = waiting(employer=employer)
    assert hits(again)["reports-open"] == ["3 reports of fraud about other jobs here"]


def test_changed_rules_order_the_queue_anew():
    revision = waiting(employer=make_employer(verified=False))
    rule = RiskRule.objects.get(code="unverified-employer")
    before = revision.risk.score
    assert rule.weight == SHIPPED
    risk.change_rule(rule=rule, weight=SHIPPED + 7, params={}, enabled=True)
    assert risk.reassess_waiting(now=NOW) == 1
    assert RiskAssessment.objects.get().score == before + 7
    risk.change_rule(rule=rule, weight=90, params={}, enabled=False)
    assert risk.reassess_waiting(now=NOW, posting_id=revision.posting_id) == 1
    kept = RiskAssessment.objects.get()
    assert kept.score == before - SHIPPED
    assert "unverified-employer" in kept.codes


def test_a_change_of_a_rule_queues_one_job():
    rule = RiskRule.objects.get(code="hurry")
    for weight in (1, 2):
        risk.change_rule(rule=rule, weight=weight, params=rule.params, enabled=True)
    risk.reassess_posting_later(posting=draft_posting())
    risk.reassess_posting_later(posting=(posting := waiting().posting))
    jobs = ProcrastinateJob.objects.filter(task_name__startswith="postings.reassess")
    assert list(jobs.order_by("id").values_list("task_name", "args")) == [
        ("postings.reassess_waiting", {}),
        ("postings.reassess_posting", {"posting_id": posting.pk}),
    ]


def test_a_rule_keeps_the_names_of_its_limits():
    rule = RiskRule.objects.get(code="new-employer")
    with pytest.raises(risk.LimitsInvalid):
        risk.change_rule(rule=rule, weight=1, params={"weeks": 2}, enabled=True)


def test_what_is_decided_is_not_asked_about_again():
    revision = waiting()
    lifecycle.withdraw(
        posting=revision.posting, revision=revision, actor=make_member(revision.posting.employer),
        now=NOW,
    )  # fmt: skip
    assert risk.reassess_waiting(now=NOW) == 0


def test_shipped_rules_are_loaded_once_and_what_moderators_set_stays():
    assert load_rules(now=NOW) is None
    RiskRule.objects.filter(code="hurry").update(weight=77, enabled=False, name="Old name")
    written = load_rules(now=NOW, force=True)
    rule = RiskRule.objects.get(code="hurry")
    assert (written.updated, rule.weight, rule.enabled, rule.name) == (
        1,
        77,
        False,
        "Presses to hurry",
    )


def test_every_measured_rule_tells_its_figures():
    measured = RiskRule.objects.exclude(measured_at=None)
    assert {(rule.fraud_total, rule.real_total) for rule in measured} == {(309, 254)}
    silent = measured.get(code="silent-employer")
    assert (round(silent.recall, 3), round(silent.false_positive_rate, 3)) == (0.731, 0.157)
    assert round(silent.precision, 2) == 0.85


def test_migrating_again_loads_nothing_twice():
    before = RiskRule.objects.count()
    call_command("migrate", verbosity=0)
    assert RiskRule.objects.count() == before
    assert not PostingRevision.objects.exists()
