"""The order of the queue and why, and the pages of the rules."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from postings.actions.moderation import approve
from postings.models import RiskAssessment, RiskRule
from tests.factories.postings import submitted_posting

pytestmark = pytest.mark.django_db
QUEUE = "admin:postings_postingrevision_changelist"
REPORT = "admin:postings_riskrule_report"
NOW = datetime.now(UTC)


def waiting(title, *, score=None, hits=(), hours=1):
    posting = submitted_posting(title=title, now=NOW - timedelta(hours=hours))
    revision = posting.revisions.get()
    rows = RiskAssessment.objects.filter(revision=revision)
    if score is None:
        rows.delete()
    else:
        found = [
            {
                "code": name.lower(),
                "name": name,
                "points": 0 if dry else 5,
                "words": [f"said {name}"],
                "dry": dry,
            }
            for name, dry in hits
        ]
        rows.update(score=score, hits=found, codes=[hit["code"] for hit in found])
    return revision


def test_the_riskiest_come_first_then_the_oldest_and_the_queue_says_why(client, moderator):
    waiting("Never asked", hours=9)
    waiting("Fine", score=0, hours=7)
    waiting("Young risk", score=40, hits=[("Hurry", False), ("Logo", True)], hours=1)
    waiting("Old risk", score=40, hits=[(name, False) for name in "ABCDE"], hours=5)
    waiting("Most", score=90, hits=[("Reports", False)], hours=2)
    page = client.get(reverse(QUEUE))
    rows = page.context["cl"].result_list
    admin = page.context["cl"].model_admin
    assert [(admin.title(row), admin.points(row), admin.why(row)) for row in rows] == [
        ("Most", 90, "Reports"),
        ("Old risk", 40, "A, B, C and 2 more"),
        ("Young risk", 40, "Hurry"),
        ("Fine", 0, None),
        ("Never asked", None, None),
    ]


def test_open_next_follows_the_same_order(client, moderator):
    first = waiting("First", score=50, hours=1)
    risky = waiting("Risky", score=30, hours=1)
    waiting("Old", score=0, hours=9)
    url = reverse("admin:postings_postingrevision_change", args=(first.pk,))
    response = client.post(url, {"_next": "Approve and open next"})
    following = reverse("admin:postings_postingrevision_change", args=(risky.pk,))
    assert response.headers["Location"].partition("#")[0] == following


def test_the_review_shows_the_evidence_and_leaves_out_rules_that_are_off(client, moderator):
    revision = waiting("Risky", score=5, hits=[("Hurry", False), ("Logo", True)])
    page = client.get(reverse("admin:postings_postingrevision_change", args=(revision.pk,)))
    words = page.content.decode()
    shown = ("Risk: 5 points", "said Hurry", "said Logo", "No rule found anything")
    assert [piece in words for piece in shown] == [True, True, False, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_asks_the_same_number_of_times(
    client, moderator, rows, django_assert_num_queries
):
    for number in range(rows):
        waiting(f"Job {number}", score=5, hits=[("hurry", False)])
    with django_assert_num_queries(7):
        page = client.get(reverse(REPORT))
    assert page.status_code == 200


def test_the_report_counts_hits_by_what_became_of_the_job(client, moderator):
    approve(revision=waiting("Public", score=5, hits=[("hurry", False)]), actor=moderator, now=NOW)
    waiting("Waits", score=5, hits=[("hurry", False), ("no-logo", True)])
    report = client.get(reverse(REPORT)).context["report"]
    found = {row.rule.code: (row.waiting, row.approved, row.rejected) for row in report.rows}
    assert (found["hurry"], found["no-logo"], found["promises"]) == (
        (1, 1, 0),
        (1, 0, 0),
        (0, 0, 0),
    )
    assert (report.waiting, len(report.rows)) == (1, RiskRule.objects.count())


def test_the_report_shows_the_shipped_figures(client, moderator):
    page = client.get(reverse(REPORT))
    report, words = page.context["report"], page.content.decode()
    line = report.lines[0]
    assert [rate for rate, *_ in line.at] == ["1%", "2%", "5%", "10%"]
    assert line.path.split()[-1] == "616.0,12.0"  # all frauds once all ads are looked at
    assert all(mean in words for _, mean, _, _ in line.at)
    assert f"n = {report.frauds} frauds and {report.reals} honest ads" in words


def test_a_moderator_sets_weight_limits_and_switch(client, moderator):
    rule = RiskRule.objects.get(code="new-employer")
    url = reverse("admin:postings_riskrule_change", args=(rule.pk,))
    bad = client.post(url, {"weight": "12", "params": '{"weeks": 2}', "enabled": "on"})
    assert "Keep the names and kinds of the limits" in bad.content.decode()
    good = client.post(url, {"weight": "12", "params": json.dumps({"days": 30})})
    rule.refresh_from_db()
    assert good.status_code == 302
    assert (rule.weight, rule.params, rule.enabled) == (12, {"days": 30}, False)


def test_nobody_makes_or_deletes_a_rule(client, moderator):
    rule = RiskRule.objects.get(code="new-employer")
    answers = [
        client.get(reverse("admin:postings_riskrule_add")).status_code,
        client.get(reverse("admin:postings_riskrule_delete", args=(rule.pk,))).status_code,
    ]
    assert answers == [403, 403]
