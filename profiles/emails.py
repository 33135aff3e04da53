"""Mails about accounts and employers; each is written to the queue, in the caller's transaction."""

from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.urls import reverse

from cscareers.core import mail_html
from cscareers.core.mail import queue_mail
from profiles.enums import MemberRole
from profiles.labels import ROLE_SENTENCES, label
from profiles.models import AccountEvent, Employer, EmployerEvent, Invitation, User


def send(*, to: str, subject: str, template: str, dedupe_key: str, **context: Any) -> bool:
    """Queue the mail whose text is `templates/emails/<template>.txt`; False when that key was
    written before for this address.

    Its HTML part is `<template>.html` when there is one (extending `emails/_frame.html`);
    else it is made of the text.
    """
    text, html = rendered(subject=subject, template=template, **context)
    key = f"{dedupe_key}:{to}"
    return queue_mail(to=to, subject=subject, text=text, html=html, dedupe_key=key)


def rendered(*, subject: str, template: str, **context: Any) -> tuple[str, str | None]:
    """The text and, of a template that has its own, the HTML part of a mail.

    The text is plain: nothing in it is escaped, so a page that shows it has to.
    """
    values = {"subject": subject, **context}
    text = render_to_string(f"emails/{template}.txt", values) + ""  # no longer marked as safe
    try:
        page = get_template(f"emails/{template}.html")
    except TemplateDoesNotExist:
        return text, None
    return text, mail_html.inlined(page.render(values))


def employer_suspension_changed(*, employer: Employer, event: EmployerEvent) -> None:
    """Tell each owner that the employer was suspended or reinstated, and why."""
    suspended = event.verb == "suspend"
    subject = f"{employer.name} is {'suspended' if suspended else 'back'} on CS Careers"
    owners = User.objects.filter(memberships__employer=employer, memberships__role=MemberRole.OWNER)
    for owner in owners:
        send(
            to=owner.email,
            subject=subject,
            template="employer_suspension",
            dedupe_key=f"employer-{event.verb}:{event.pk}",
            employer=employer,
            suspended=suspended,
            note=event.note,
        )


def account_suspension_changed(*, user: User, event: AccountEvent) -> None:
    """Tell the person that their account was suspended or reinstated, and why."""
    suspended = event.verb == "suspend"
    send(
        to=user.email,
        subject=f"Your CS Careers account is {'suspended' if suspended else 'open again'}",
        template="account_suspension",
        dedupe_key=f"account-{event.verb}:{event.pk}",
        suspended=suspended,
        note=event.note,
    )


def invited(*, invitation: Invitation, token: str) -> None:
    """Send the invitation; this mail holds the only copy of its token."""
    path = reverse("hire:invitation", kwargs={"token": token})
    send(
        to=invitation.email,
        subject=f"Join {invitation.employer.name} on CS Careers",
        template="invitation",
        dedupe_key=f"invitation:{invitation.public_id}",
        employer=invitation.employer,
        inviter=invitation.invited_by,
        role=label(MemberRole(invitation.role)),
        role_sentence=ROLE_SENTENCES[MemberRole(invitation.role)],
        url=settings.SITE_URL + path,
        expires_at=invitation.expires_at,
    )
