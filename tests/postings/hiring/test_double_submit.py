"""R3: what is sent many times at once, to a real server, is there once, and everybody is told the
same. `DOUBLE_SUBMITS` says how many times."""

import os
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from cscareers.core.models import OutgoingMail
from postings.hiring.actions import decisions
from postings.hiring.enums import RejectReason
from postings.hiring.models import Application, ApplicationCopy, ApplicationDraft, ApplicationEvent
from postings.models import Posting
from profiles.models import User
from tests.assure.browser import Answer, Browser, Tally
from tests.at_once import at_once, kinds
from tests.factories.applications import make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MANY = int(os.environ.get("DOUBLE_SUBMITS", "10"))


Open = Callable[[User], list[Browser]]


@pytest.fixture
def windows_of(live_server: LiveServer) -> Iterator[Open]:
    """Opens that many windows of one signed-in person."""
    opened: list[Browser] = []

    def browsers(user: User) -> list[Browser]:
        client = Client()
        client.force_login(user)
        cookies = {"sessionid": client.cookies["sessionid"].value}
        port = int(live_server.url.rpartition(":")[2])
        opened.extend(Browser(port, Tally()) for _ in range(MANY))
        opened[0].cookies.update(cookies)
        opened[0].get("/accounts/email/")  # any page with a form: its token comes as a cookie
        for browser in opened:
            browser.cookies.update(opened[0].cookies)
        return opened

    yield browsers
    for browser in opened:
        browser.close()


def statuses(answers: list[Answer]) -> set[tuple[int, str]]:
    return {(answer.status, answer.location) for answer in answers}


def keys(same: bool) -> list[str]:
    """A form that is sent many times has one key; one in many windows has many."""
    one = str(uuid.uuid4())
    return [one if same else str(uuid.uuid4()) for _ in range(MANY)]


def test_what_is_sent_many_times_is_there_once(windows_of: Open) -> None:
    person = make_user()
    make_candidate(person, skills={"complaint-handling": 3})
    windows = windows_of(person)
    employer = make_employer()
    for number, same in enumerate([True, False], 1):
        posting = open_posting(employer=employer)
        base = f"{posting.get_absolute_url()}apply/"
        begin = [{"key": key} for key in keys(same)]
        answers = at_once(lambda n: windows[n].post(base, begin[n]), MANY)  # noqa: B023
        assert statuses(answers) == {(302, f"{base}requirements/")}
        assert ApplicationDraft.objects.count() == 1

        page = windows[0].get(f"{base}check/")
        send = [{"seen": page.hidden("seen"), "key": key} for key in keys(same)]
        answers = at_once(lambda n: windows[n].post(f"{base}check/", send[n]), MANY)  # noqa: B023
        assert statuses(answers) == {(302, f"{base}sent/")}
        assert statuses([windows[0].post(f"{base}check/", send[0])]) == {(302, f"{base}sent/")}
        rows = (Application, ApplicationCopy, ApplicationEvent)
        assert [model._default_manager.count() for model in rows] == [number] * 3
        assert OutgoingMail.objects.filter(recipient=person.email).count() == number
        assert not ApplicationDraft.objects.exists()

    make_member(employer, person)
    for number, many in enumerate([False, True], 1):
        sent = make_application(open_posting(employer=employer))
        names = {"employer": employer.slug, "public_id": sent.posting.public_id}
        url = reverse("hiring:move_many", kwargs=names)
        one = {**names, "application": sent.public_id, "decision": "reject"}
        said = {"reason": "others-closer", "note": "", "step": "send", "key": str(uuid.uuid4())}
        said |= {"verb": "reject", "picked": f"{sent.public_id}:new", "seen": "new"}
        if not many:
            url = reverse("hiring:decide", kwargs=one)
        answers = at_once(lambda n: windows[n].post(url, said), MANY)  # noqa: B023
        [(status, _)] = statuses(answers)
        assert (status, sent.events.filter(verb="reject").count()) == (302, 1)
        key = "application-reject"
        assert OutgoingMail.objects.filter(dedupe_key__startswith=key).count() == number

    url = reverse("postings:new", kwargs={"employer": employer.slug})
    job = {"key": str(uuid.uuid4()), "go": "ad", "ad": "Agent\n\nYou answer customers."}
    answers = at_once(lambda n: windows[n].post(url, job), MANY)
    [(status, _)] = statuses(answers)
    assert (status, Posting.objects.filter(title="Agent").count()) == (302, 1)


def test_one_decision_of_many_is_made_and_one_mail_goes_out() -> None:
    sent = make_application()
    owner = make_member(sent.posting.employer)
    pk, due = sent.pk, sent.applied_at

    def reject(number: int) -> str:
        mine = Application.objects.select_related("posting__employer").get(pk=pk)
        reasons = [RejectReason.OTHERS_CLOSER]
        decisions.reject(application=mine, actor=owner, now=due, reasons=reasons, seen="new")
        return "done"

    answers = at_once(reject, MANY)
    assert kinds(answers) == {"str": 1, "Overtaken": MANY - 1}
    assert sent.events.filter(verb="reject").count() == 1
    assert OutgoingMail.objects.filter(dedupe_key__startswith="application-reject").count() == 1
