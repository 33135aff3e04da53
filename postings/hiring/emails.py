"""Mails about applications; each is written to the queue, in the caller's transaction."""

from django.conf import settings
from django.urls import reverse

from postings.hiring.enums import ApplicationState
from postings.hiring.labels import label, reason_words
from postings.hiring.models import Application, ApplicationEvent
from postings.policy import last_day
from profiles.emails import send
from profiles.enums import HIRING
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
    )
    for person in _deciders(application):
        send(
            to=person.email,
            subject=f"New application: {posting.title}",
            template="application_arrived",
            dedupe_key=f"application-apply:{event.pk}",
            posting=posting,
            due=due,
            url=_team_url(application),
        )


def withdrawn(*, application: Application, event: ApplicationEvent) -> None:
    """Tell those who decide that a candidate withdrew or declined."""
    words = "declined your offer" if event.verb == "decline" else "withdrew"
    for person in _deciders(application):
        send(
            to=person.email,
            subject=f"A candidate {words}: {application.posting.title}",
            template="application_withdrawn",
            dedupe_key=f"application-{event.verb}:{event.pk}",
            posting=application.posting,
            words=words,
            note=event.note,
            url=_team_url(application),
        )


def decided(*, application: Application, event: ApplicationEvent) -> None:
    """Tell the candidate what the employer decided, or that the job is over, and why."""
    subjects = {
        "interview": "Invitation to an interview",
        "offer": "An offer for you",
        "hire": "You are hired",
        "reject": "An answer to your application",
        "close": "The job is closed",
    }
    _tell_candidate(
        application,
        event,
        subject=f"{subjects[event.verb]}: {application.posting.title}",
        template="application_decided",
        verb=event.verb,
        reasons=[reason_words(code) for code in event.reasons],
        requirement=event.requirement,
        note=event.note,
    )


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
    path = reverse("me:application", kwargs={"application": application.public_id})
    send(
        to=application.candidate.email,
        subject=subject,
        template=template,
        dedupe_key=f"application-{event.verb}:{event.pk}",
        application=application,
        posting=application.posting,
        state=label(ApplicationState(application.state)),
        url=settings.SITE_URL + path,
        **more,
    )


def _team_url(application: Application) -> str:
    posting = application.posting
    names = {
        "employer": posting.employer.slug,
        "public_id": posting.public_id,
        "application": application.public_id,
    }
    return f"{settings.SITE_URL}{reverse('hiring:application', kwargs=names)}"


def _deciders(application: Application) -> list[User]:
    """Owners and recruiters of the employer."""
    team = User.objects.filter(
        memberships__employer=application.posting.employer_id,
        memberships__role__in=HIRING,
        is_active=True,
    )
    return list(team.order_by("pk"))
