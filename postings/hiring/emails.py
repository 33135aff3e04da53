"""Mails about applications; each is written to the queue, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from postings.enums import PostingState
from postings.hiring.engines.addresses import list_of, manage_page_of, page_of
from postings.hiring.engines.confirm_links import ConfirmLink
from postings.hiring.engines.frozen import sent_file
from postings.hiring.engines.sent import sent_of
from postings.hiring.enums import ApplicationState
from postings.hiring.labels import label, reason_words
from postings.hiring.models import Application, ApplicationEvent, TrackedJob
from postings.models import Posting, PostingEvent
from postings.policy import UNCONFIRMED_AFTER, last_day
from profiles.emails import rendered, send
from profiles.enums import HIRING, MemberRole
from profiles.models import User


def received(*, application: Application, event: ApplicationEvent) -> None:
    """The receipt for whoever applied, and word to those who decide."""
    posting = application.posting
    due = last_day(application.answer_due_at, posting.employer.time_zone)
    _tell_candidate(
        application,
        event,
        subject=f"You applied: {posting.title}",
        template="application_receipt",
        due=due,
        sent=sent_of(application.copy),
        revision=application.revision.number,
        file=sent_file(application),
    )
    _tell_deciders(
        posting,
        subject=f"New application: {posting.title}",
        template="application_arrived",
        dedupe_key=f"application-apply:{event.pk}",
        due=due,
        url=_url(page_of(application)),
    )


def withdrawn(*, application: Application, event: ApplicationEvent) -> None:
    """Tell those who decide that a candidate withdrew or declined."""
    words = "declined your offer" if event.verb == "decline" else "withdrew"
    _tell_deciders(
        application.posting,
        subject=f"A candidate {words}: {application.posting.title}",
        template="application_withdrawn",
        dedupe_key=f"application-{event.verb}:{event.pk}",
        words=words,
        note=event.note,
        url=_url(page_of(application)),
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as its reader gets it."""

    subject: str
    text: str


def decided(*, application: Application, event: ApplicationEvent) -> None:
    """Tell the candidate what the employer decided, or that the job is over, and why."""
    requirement = event.requirement or {}
    subject, context = _decision(
        application,
        event.verb,
        reasons=event.reasons,
        requirement=requirement.get("name", ""),
        note=event.note,
    )
    _tell_candidate(application, event, subject=subject, template="application_decided", **context)


def letter(
    application: Application,
    verb: str,
    *,
    reasons: Sequence[str] = (),
    requirement: str = "",
    note: str = "",
) -> Letter:
    """The mail that `verb` would send to the candidate; nothing is sent. `requirement`: its
    name."""
    subject, context = _decision(
        application, verb, reasons=reasons, requirement=requirement, note=note
    )
    text, _ = rendered(
        subject=subject,
        template="application_decided",
        **_candidates_context(application),
        **context,
    )
    return Letter(subject, text)


def _decision(
    application: Application, verb: str, *, reasons: Sequence[str], requirement: str, note: str
) -> tuple[str, dict[str, object]]:
    subjects = {
        "interview": "Invitation to an interview",
        "offer": "An offer for you",
        "hire": "You are hired",
        "reject": "An answer to your application",
        "close": "The job is closed",
    }
    return f"{subjects[verb]}: {application.posting.title}", {
        "verb": verb,
        "reasons": [reason_words(code) for code in reasons],
        "requirement": requirement,
        "note": note,
    }


def answers_due(
    *, posting: Posting, today: Sequence[Application], soon: Sequence[Application], batch: int
) -> None:
    """Remind those who decide of answers that are due today, and soon."""
    urgent = f"{_answers(len(today))} due today" if today else f"{_answers(len(soon))} due soon"
    _tell_deciders(
        posting,
        subject=f"{urgent}: {posting.title}",
        template="answers_due",
        dedupe_key=f"answers-due:{batch}",
        today=_lines(posting, today),
        soon=_lines(posting, soon),
        url=_url(list_of(posting)),
    )


def promise_broken(
    *, posting: Posting, event: PostingEvent, overdue: Sequence[Application]
) -> None:
    """Tell those who decide that the job is paused, for which answers, and what opens it again."""
    _tell_deciders(
        posting,
        subject=f"Paused until you answer: {posting.title}",
        template="promise_broken",
        dedupe_key=f"promise-broken:{event.pk}",
        was_open=event.from_state == PostingState.PUBLISHED,
        overdue=_lines(posting, overdue),
        url=_url(list_of(posting)),
    )


def promise_kept(*, posting: Posting, event: PostingEvent) -> None:
    """Tell those who decide that the last answer is given, and whether the job is open again."""
    is_open = event.to_state == PostingState.PUBLISHED
    _tell_deciders(
        posting,
        subject=f"All overdue answers are given: {posting.title}",
        template="promise_kept",
        dedupe_key=f"promise-kept:{event.pk}",
        is_open=is_open,
        url=_url(posting.get_absolute_url() if is_open else manage_page_of(posting)),
    )


def still_hiring(*, posting: Posting, last: bool) -> int:
    """Ask whether the job is still open, weekly and for the `last` time; the number of mails that
    had not gone out for this confirmation."""
    return sum(
        _ask(
            posting,
            person,
            subject=f"Last call: {posting.title} is paused tomorrow"
            if last
            else f"Still hiring? {posting.title}",
            template="still_hiring",
            kind="last" if last else "weekly",
        )
        for person in _asked(posting)
    )


def unconfirmed(*, posting: Posting, event: PostingEvent) -> None:
    """Tell whom we asked that the job is paused, why, and how it opens again."""
    was_open = event.from_state == PostingState.PUBLISHED
    for person in _asked(posting):
        _ask(
            posting,
            person,
            subject=f"Paused, nobody confirmed it: {posting.title}",
            template="posting_unconfirmed",
            kind="paused",
            was_open=was_open,
        )


def _ask(
    posting: Posting, person: User, *, subject: str, template: str, kind: str, **more: object
) -> bool:
    link = ConfirmLink.to(person, posting)
    stamp = link.confirmed_at
    return send(
        to=person.email,
        subject=subject,
        template=template,
        dedupe_key=f"still-hiring:{posting.pk}:{stamp.isoformat()}:{kind}",
        posting=posting,
        last=kind == "last",
        confirmed_on=stamp,
        pauses_on=stamp + UNCONFIRMED_AFTER,
        closes_on=posting.closes_on,
        url=_url(reverse("hiring:confirm", kwargs={"link": link.token})),
        **more,
    )


def _asked(posting: Posting) -> list[User]:
    """Whom we ask about a job: who wrote it, if they still hire for the employer, else its
    owners."""
    hiring = {person.pk: person for person in _team(posting, HIRING)}
    if posting.author_id in hiring:
        return [hiring[posting.author_id]]
    return _team(posting, (MemberRole.OWNER,))


def _answers(number: int) -> str:
    return "An answer is" if number == 1 else f"{number} answers are"


def _lines(posting: Posting, applications: Sequence[Application]) -> list[dict[str, object]]:
    """Applications as these mails list them: who, when they applied, by when to answer."""
    zone = posting.employer.time_zone
    return [
        {
            "name": application.shown_name,
            "applied_at": application.applied_at,
            "due": last_day(application.answer_due_at, zone),
            "url": _url(page_of(application)),
        }
        for application in applications
    ]


def _tell_candidate(
    application: Application,
    event: ApplicationEvent,
    *,
    subject: str,
    template: str,
    **more: object,
) -> None:
    if application.candidate is None:
        return
    send(
        to=application.candidate.email,
        subject=subject,
        template=template,
        dedupe_key=f"application-{event.verb}:{event.pk}",
        **_candidates_context(application),
        **more,
    )


def _candidates_context(application: Application) -> dict[str, object]:
    mine = reverse("me:application", kwargs={"application": application.public_id})
    return {
        "application": application,
        "posting": application.posting,
        "state": label(ApplicationState(application.state)),
        "url": _url(mine),
    }


def _url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _tell_deciders(
    posting: Posting, *, subject: str, template: str, dedupe_key: str, **more: object
) -> None:
    """A mail to each owner and recruiter of the employer."""
    for person in _team(posting, HIRING):
        send(
            to=person.email,
            subject=subject,
            template=template,
            dedupe_key=dedupe_key,
            posting=posting,
            **more,
        )


def _team(posting: Posting, roles: Sequence[MemberRole]) -> list[User]:
    """Those of the employer's team who have one of `roles` there."""
    team = User.objects.filter(
        memberships__employer=posting.employer_id, memberships__role__in=roles, is_active=True
    )
    return list(team.order_by("pk"))


def reminded(*, job: TrackedJob) -> None:
    """Remind somebody of what they noted for this day in their tracker."""
    send(
        to=job.user.email,
        subject=f"Reminder: {job.next_what or job.title}",
        template="tracked_reminder",
        dedupe_key=f"tracked-reminder:{job.public_id}:{job.next_on}",
        job=job,
        url=_url(reverse("me:tracked", kwargs={"job": job.public_id})),
    )
