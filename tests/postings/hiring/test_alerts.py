"""Alerts as their readers meet them: signed in, by an address alone, and by the links in mails."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cscareers.core.forms import began_at
from cscareers.core.models import OutgoingMail, RateLimit
from postings.hiring import alert_mail
from postings.hiring.actions import alert_runs, alerts
from postings.hiring.actions.alerts import Follow
from postings.hiring.engines.alert_tokens import confirm_token, manage_token
from postings.hiring.enums import AlertKind
from postings.hiring.models import AlertedPosting, Subscription
from postings.policy import MOST_ALERTS
from tests.browserless import page_form
from tests.factories.alerts import BERLIN_7, make_alert, make_reader
from tests.factories.people import make_user
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
NEW = "/alerts/new/"
SEARCH = "level=manager&level=vp&q=lead"


def signed_in(user=None) -> Client:
    client = Client()
    client.force_login(user or make_reader())
    return client


def filled(client: Client, query: str = SEARCH, **typed: object) -> dict[str, object]:
    """The form of the page, begun some seconds ago."""
    form = page_form(client.get(f"{NEW}?{query}").content)
    return {**form.send(), "began": began_at(datetime.now(UTC) - timedelta(seconds=5)), **typed}


def asked_by(email: str, query: str = SEARCH) -> Subscription:
    """An alert that somebody has asked for, for an address."""
    alerts.subscribe_address(
        email=email,
        follow=Follow(query, "Manager"),
        name="Manager",
        rhythm=BERLIN_7,
        address="192.0.2.1",
        now=NOW,
    )
    return Subscription.objects.get(email=email.lower(), query=query)


def page_of(alert: Subscription, *more: str) -> str:
    return "/".join(["/alerts", manage_token(alert.public_id), *more, ""])


# --- taken ----------------------------------------------------------------------------------


def test_the_board_leads_to_an_alert_that_keeps_the_whole_search(client):
    html = client.get(f"/jobs/?{SEARCH}&sort=pay&page_size=5").text
    link = f'href="{NEW}?q=lead&amp;level=manager&amp;level=vp"'
    assert html.count(link) == 1  # nothing is found: it stands there as well
    published_posting(title="Lead")
    assert client.get(f"/jobs/?{SEARCH}").text.count(link) == 1
    page = client.get(f"{NEW}?{SEARCH}").text
    assert "“lead”; Manager; Vice president" in page


def test_an_account_with_a_confirmed_address_gets_its_alert_at_once():
    reader = make_reader()
    client = signed_in(reader)
    fields = filled(client, cadence="weekly", weekday="3", hour="6", time_zone="Asia/Kolkata")
    answer = client.post(f"{NEW}?{SEARCH}", fields)
    alert = Subscription.objects.get()
    assert answer["Location"] == f"/me/searches/{alert.public_id}/"
    assert (alert.user, alert.email, alert.query) == (reader, "", "q=lead&level=manager&level=vp")
    assert (alert.name, alert.weekday, alert.hour) == ("“lead”; Manager; Vice president", 3, 6)
    assert (alert.next_at.weekday(), alert.next_at.strftime("%H:%M")) == (3, "00:30")
    # Sent twice, it is one; asked again, the one that is there is shown.
    assert client.post(f"{NEW}?{SEARCH}", fields)["Location"] == answer["Location"]
    again = client.post(f"{NEW}?{SEARCH}", filled(client))
    assert (again["Location"], Subscription.objects.count()) == (answer["Location"], 1)
    assert OutgoingMail.objects.count() == 0


def test_an_account_that_is_not_confirmed_is_asked_first():
    client = signed_in(make_user())
    client.post(f"{NEW}?{SEARCH}", filled(client))
    assert Subscription.objects.get().next_at is None
    assert OutgoingMail.objects.get().subject == "Do you want new jobs by mail?"


def test_a_match_is_followed_by_whoever_is_signed_in(client):
    assert client.get(f"{NEW}?kind=match")["Location"].startswith("/accounts/login/?next=")
    client = signed_in()
    client.post(f"{NEW}?kind=match&mode=remote", filled(client, "kind=match&mode=remote"))
    alert = Subscription.objects.get()
    assert (alert.kind, alert.query, alert.name) == (AlertKind.MATCH, "mode=remote", "My match")
    published_posting()
    assert f"{NEW}?kind=match" in client.get("/me/matches/").text


def test_no_more_than_twenty_and_not_too_fast(monkeypatch):
    reader = make_reader()
    client = signed_in(reader)
    for number in range(MOST_ALERTS):
        make_alert(reader, query=f"q={number}")
    answer = client.post(f"{NEW}?{SEARCH}", filled(client))
    assert f"You have {MOST_ALERTS} alerts" in answer.text
    RateLimit.objects.update(hits=40)
    slow = client.post(f"{NEW}?{SEARCH}", filled(client))
    assert (slow.status_code, Subscription.objects.count()) == (429, MOST_ALERTS)


def test_what_cannot_be_followed_is_said(client):
    published_posting()
    page = client.get(f"{NEW}?level=king&q=lead").text
    assert ("Left out" in page, "“lead”" in page) == (True, True)
    fields = filled(client, email="nobody", hour="25", time_zone="Mars/Olympus", nickname="x")
    html = client.post(f"{NEW}?{SEARCH}", fields).text
    assert "Enter an address like name@example.com." in html
    assert html.count('class="err"') >= 3 or html.count("error") >= 3
    many = "&".join(f"skill=s{n}" for n in range(3)) + "&q=" + "x" * 300
    assert client.get(f"{NEW}?{many}").status_code == 200
    assert Subscription.objects.count() == 0


# --- by an address alone --------------------------------------------------------------------


def test_an_address_alone_confirms_and_manages_without_an_account(client):
    answer = client.post(f"{NEW}?{SEARCH}", filled(client, email="Ann@Example.org"))
    assert answer["Location"] == "/alerts/sent/"
    assert client.get("/alerts/sent/").status_code == 200
    alert, mail = Subscription.objects.get(), OutgoingMail.objects.get()
    assert (alert.email, mail.recipient, alert.next_at) == ("ann@example.org",) * 2 + (None,)
    # Whoever typed the address can't write in its mail.
    assert "Manager; Vice president; words that you typed" in mail.text
    assert "lead" not in mail.text + mail.subject
    link = f"/alerts/confirm/{confirm_token(alert.public_id)}/"
    assert link.split(".")[0] in mail.text
    assert "“lead”; Manager; Vice president" in client.get(link).text
    alert.refresh_from_db()
    assert alert.next_at is None
    answer = client.post(link)
    assert answer["Location"] == page_of(alert)
    alert.refresh_from_db()
    assert alert.next_at > NOW
    assert "Your alert runs already" in client.get(link).text
    assert "Next mail on" in client.get(page_of(alert)).text
    Subscription.objects.update(next_at=NOW)  # the worker has not come by yet
    page = client.get(page_of(alert)).text
    assert ("Next mail on" in page, "A mail is due now" in page) == (False, True)
    assert client.post(link)["Location"] == page_of(alert)


def test_one_mail_an_hour_goes_to_an_address_and_the_page_tells_nobody(client):
    first = client.post(f"{NEW}?{SEARCH}", filled(client, email="ann@example.org"))
    second = client.post(f"{NEW}?level=vp", filled(client, "level=vp", email="ANN@example.org"))
    assert (first.status_code, second.status_code) == (302, 429)
    RateLimit.objects.all().delete()
    alerts.confirm(alert=Subscription.objects.get(), now=NOW)
    again = client.post(f"{NEW}?{SEARCH}", filled(client, email="ann@example.org"))
    assert (again["Location"], Subscription.objects.count()) == ("/alerts/sent/", 1)
    assert OutgoingMail.objects.latest("pk").subject == "You have this alert already"


def test_a_torn_link_says_so_and_nothing_about_alerts(client):
    alert = asked_by("ann@example.org")
    question, link = confirm_token(alert.public_id), manage_token(alert.public_id)
    torn = (f"confirm/{question}x", question, link[:-3], f"{link[:-3]}/stop", f"{link}x/pause")
    said = {answer for one in torn for answer in both(client, f"/alerts/{one}/")}
    assert {status for status, _ in said} == {404}
    assert ["This link is not complete" in text for _, text in said] == [True] * len(said)
    assert [alert.email in text or alert.words in text for _, text in said] == [False] * len(said)
    alert.refresh_from_db()
    assert (alert.confirmed_at, alert.ended_at) == (None, None)


def both(client, url):
    """What a page answers to a reader and to whoever presses a button."""
    return [(answer.status_code, answer.text) for answer in (client.get(url), client.post(url))]


def test_a_late_link_offers_the_way_on(client, monkeypatch):
    alert = asked_by("ann@example.org")
    token = confirm_token(alert.public_id)
    four_days = signing.time.time() + 4 * 86_400
    monkeypatch.setattr(signing.time, "time", lambda: four_days)
    for answer in (
        client.get(f"/alerts/confirm/{token}/"),
        client.post(f"/alerts/confirm/{token}/"),
    ):
        assert (answer.status_code, "This link is too old" in answer.text) == (410, True)
    alert.refresh_from_db()
    assert alert.confirmed_at is None


def test_an_account_finds_the_alerts_of_its_confirmed_addresses():
    theirs = alerts.confirm(alert=asked_by("ann@example.org"), now=NOW)
    asked_by("bob@example.org")
    reader = make_reader("ann@example.org")
    EmailAddress.objects.create(user=reader, email="bob@example.org", verified=False)
    client = signed_in(reader)
    assert list(Subscription.objects.of_user(reader)) == [theirs]
    assert client.get(f"/me/searches/{theirs.public_id}/").status_code == 200
    assert signed_in().get(f"/me/searches/{theirs.public_id}/").status_code == 404
    with pytest.raises(alerts.HaveItAlready):
        make_alert(reader, query=SEARCH)


# --- changed --------------------------------------------------------------------------------


@pytest.mark.parametrize("by_link", [True, False])
def test_an_alert_is_changed_paused_resumed_stopped_and_deleted(by_link):
    reader = make_reader()
    alert = make_alert(reader)
    client = Client() if by_link else signed_in(reader)
    page = page_of(alert) if by_link else f"/me/searches/{alert.public_id}/"
    form = page_form(client.get(page).content)
    sent = form.send(name="Mine", cadence="weekly", weekday="0", hour="9")
    assert client.post(page, sent)["Location"] == page
    seen = [state(alert)]
    for act in ("pause", "resume", "stop", "resume", "keep"):
        if not (by_link and act == "stop"):
            assert client.get(f"{page}{act}/").status_code == 200
            assert state(alert) == seen[-1]
        client.post(f"{page}{act}/")
        seen.append(state(alert))
    weekly = ("Mine", 0, 9)
    assert seen == [
        (*weekly, True, False, False),
        (*weekly, False, True, False),
        (*weekly, True, False, False),
        (*weekly, False, False, True),
        (*weekly, True, False, False),
        (*weekly, True, False, False),
    ]
    assert client.get(f"{page}discard/").status_code == 404
    assert "This can’t be undone" in client.get(f"{page}delete/").text
    client.post(f"{page}delete/")
    assert Subscription.objects.count() == 0
    assert client.get(page).status_code == (410 if by_link else 404)


def state(alert: Subscription) -> tuple[object, ...]:
    alert.refresh_from_db()
    runs, paused, ended = alert.next_at, alert.paused_at, alert.ended_at
    return (alert.name, alert.weekday, alert.hour, *(x is not None for x in (runs, paused, ended)))


def test_a_second_mail_never_comes_on_a_day_that_had_one():
    began = datetime(2026, 11, 2, 12, tzinfo=UTC)
    alert = make_alert(now=began)
    published_posting(now=began + timedelta(hours=1))
    morning = datetime(2026, 11, 3, 6, tzinfo=UTC)
    begun = alert_runs.begin(now=morning)
    alert_runs.send(run_id=begun.pk, ids=[alert.pk], now=morning)
    later = morning + timedelta(hours=1)
    evening = alerts.Rhythm(20, "Europe/Berlin")
    alerts.pause(alert=alert, now=later)
    alerts.resume(alert=alert, now=later)
    changed = alerts.change(alert=alert, name="x", rhythm=evening, now=later)
    assert changed.next_at == datetime(2026, 11, 4, 19, tzinfo=UTC)


def test_an_alert_that_does_not_run_is_not_changed():
    waiting, ended = asked_by("ann@example.org"), alerts.end(alert=make_alert(), now=NOW)
    for alert in (waiting, ended):
        for verb in (alerts.pause, alerts.keep):
            with pytest.raises(alerts.NotPossible):
                verb(alert=alert, now=NOW)
    with pytest.raises(alerts.NotPossible):
        alerts.resume(alert=waiting, now=NOW)
    alerts.delete(alert=waiting)
    with pytest.raises(alerts.NotPossible):
        alerts.confirm(alert=waiting, now=NOW)


# --- stopped --------------------------------------------------------------------------------


def test_one_click_stops_at_once_also_what_waits_in_the_queue(run_jobs, mailoutbox):
    began = datetime(2026, 11, 2, 12, tzinfo=UTC)
    alert, other = make_alert(now=began), make_alert(now=began)
    published_posting(now=began + timedelta(hours=1))
    due = datetime(2026, 11, 3, 6, tzinfo=UTC)
    begun = alert_runs.begin(now=due)
    alert_runs.send(run_id=begun.pk, ids=[alert.pk, other.pk], now=due)
    headers = {mail.recipient: mail.headers for mail in OutgoingMail.objects.all()}
    listed = headers[alert.address]["List-Unsubscribe"]
    path = listed.strip("<>").removeprefix("http://localhost:8000")
    # A mail program: no cookie, no token, no question.
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = program.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "Stopped" in answer.text) == (200, True)
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[other.address]]
    alerts.delete(alert=alert)
    assert program.post(path).status_code == 200


def test_looking_at_the_link_stops_nothing(client):
    alert = make_alert()
    path = page_of(alert, "stop")
    assert "Stop this alert?" in client.get(path).text
    assert state(alert)[-1] is False
    assert "Stopped" in client.post(path).text
    assert "Start it again" in client.get(path).text


# --- shown ----------------------------------------------------------------------------------


def test_the_preview_is_what_would_go_now():
    reader = make_reader()
    alert = make_alert(reader, query="level=manager", now=NOW - timedelta(days=1), name="Mine")
    posting = published_posting(title="Lead of <i>chat", now=NOW - timedelta(hours=1))
    page = signed_in(reader).get(f"/me/searches/{alert.public_id}/").text
    assert ("1 new job: Mine" in page, "It passes: Manager." in page) == (True, True)
    assert posting.get_absolute_url() in page
    page = Client().get(page_of(alert)).text
    assert (page.count("Lead of &lt;i&gt;chat"), page.count("<i>chat")) == (2, 0)
    AlertedPosting.objects.create(subscription=alert, posting=posting, at=NOW)
    assert "Nothing new" in Client().get(page_of(alert)).text


def test_a_broken_search_says_so():
    reader = make_reader()
    alert = make_alert(reader, query="skill=no-such-skill")
    page = signed_in(reader).get(f"/me/searches/{alert.public_id}/").text
    assert ("It sends nothing as it is" in page, "no-such-skill" in page) == (True, True)


def test_the_list_takes_the_same_number_of_queries():
    reader = make_reader()
    client, counts = signed_in(reader), []
    assert "No alert yet" in client.get("/me/searches/").text
    for rows in (1, 2):
        for number in range(rows):
            make_alert(reader, query=f"q={rows}{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/me/searches/")
        counts.append(len(queries))
    assert counts == [3, 3]


def test_the_links_of_a_mail_lead_to_pages(client):
    alert = make_alert()
    for url in alert_mail.links(alert).values():
        page = client.get(url.removeprefix("http://localhost:8000"))
        assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert reverse("me:searches") in signed_in().get("/me/").text


# --- only what the form asks ----------------------------------------------------------------


def test_a_form_of_an_alert_changes_what_it_shows(client):
    alert, other = make_alert(), make_alert()
    before = dict(Subscription.objects.filter(pk=alert.pk).values().get())
    form = page_form(client.get(page_of(alert)).content).send(name="Mine", hour="9")
    evil = {"user": other.user_id, "email": "eve@example.org", "query": "q=x", "next_at": "1999"}
    client.post(page_of(alert), {**form, **evil, "kind": "match", "confirmed_at": "1999-01-01"})
    after = Subscription.objects.filter(pk=alert.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"name", "hour", "next_at", "renewed_at"}
    assert after["next_at"] > NOW
