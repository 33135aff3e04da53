"""An alert by e-mail address alone: confirmed, sent once, and its link leads to an application."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from postings.hiring.actions import alert_runs
from postings.hiring.models import Subscription
from tests.factories.applications import open_posting
from tests.factories.candidates import make_candidate
from tests.journeys.test_hiring import apply_to
from tests.journeys.test_promises import link_in
from tests.journeys.visitor import NewVisitor, Visitor
from tests.journeys.world import person

ADDRESS = "ada@candidate.test"


def ask_for_mail(
    reader: Visitor, run_jobs: Callable[[], object], box: list[EmailMessage], *, judged: bool
) -> Subscription:
    """From a search on the board to a yes behind the link that was mailed."""
    reader.open("/jobs/?level=manager")
    reader.follow("Get new jobs like these by mail")
    reader.fill(email=ADDRESS)
    if judged:
        reader.judge("alert-new")
    reader.linger()
    reader.press("Send me the link")
    run_jobs()
    reader.open(link_in(box[-1], "/alerts/confirm/"))
    if judged:
        reader.judge("alert-confirm")
    reader.press("Yes, send them")
    return Subscription.objects.get(email=ADDRESS)


def send_due(alert: Subscription, run_jobs: Callable[[], object], *, minutes: int = 0) -> None:
    """The run of the alert's hour, which we don't wait for. A second one needs other `minutes`:
    mails are due at a minute, runs are one in a quarter of an hour."""
    now = datetime.now(UTC)
    Subscription.objects.filter(pk=alert.pk).update(next_at=now - timedelta(minutes=1 + minutes))
    assert alert_runs.begin(now=now + timedelta(minutes=minutes))
    run_jobs()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_alert_mail_leads_to_an_application_and_the_tracker_tells_it(
    new_visitor: NewVisitor,
    run_jobs: Callable[[], list[str]],
    mailoutbox: list[EmailMessage],
    script: bool,
) -> None:
    open_posting(title="An older job", now=datetime.now(UTC) - timedelta(days=1))
    reader = new_visitor(script=script)
    alert = ask_for_mail(reader, run_jobs, mailoutbox, judged=script)
    posting = open_posting(title="Night desk manager")
    run_jobs()
    mailoutbox.clear()
    send_due(alert, run_jobs)
    [mail] = mailoutbox
    assert mail.to == [ADDRESS]
    assert "Night desk manager" in str(mail.body)
    assert "An older job" not in str(mail.body)
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    account = person(ADDRESS)
    make_candidate(account, skills={"complaint-handling": 3})
    seeker = new_visitor(user=account, script=script)
    seeker.open(link_in(mail, posting.public_id))
    apply_to(seeker)
    seeker.open("/me/tracker/")
    seeker.reads("Night desk manager", "Applied")
    seeker.open("/me/searches/")
    seeker.reads("Manager")
    if script:
        seeker.judge("searches")

    open_posting(title="Day desk manager")
    mailoutbox.clear()
    send_due(alert, run_jobs, minutes=20)
    [again] = [one for one in mailoutbox if "Day desk manager" in str(one.body)]
    assert "Night desk manager" not in str(again.body)
    reader.open(link_in(mail, "/stop/"))
    reader.press("Stop it")
    reader.stands_at("Stopped")
