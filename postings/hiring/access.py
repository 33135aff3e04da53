"""Fetch and authorise in one step: a view gets an application here, a stranger gets 404."""

from dataclasses import dataclass

from django.http import Http404

from postings.access import get_posting_for_hiring, get_posting_for_member
from postings.hiring.engines.alert_tokens import LateLink, read_confirm, read_manage
from postings.hiring.engines.confirm_links import ConfirmLink
from postings.hiring.engines.own import with_reminded
from postings.hiring.models import (
    Application,
    ApplicationDraft,
    ApplicationFile,
    ReplyTemplate,
    Subscription,
    SubscriptionQuerySet,
    TrackedJob,
)
from postings.models import Posting
from postings.policy import CONFIRM_ALERT_WITHIN
from profiles.access import (
    get_employer_for_hiring,
    get_employer_for_interviewing,
    get_employer_for_member,
)
from profiles.models import Employer, User
from profiles.permissions import can_hire


def get_own_application(user: User, public_id: str) -> Application:
    """An application that `user` sent; raises Http404 for everybody else."""
    mine = with_reminded(Application.objects.of_candidate(user))
    rows = mine.select_related("posting__employer", "revision", "copy", "file").defer("file__data")
    application = rows.filter(public_id=public_id).first()
    if application is None:
        raise Http404
    return application


def get_application(posting: Posting, public_id: str) -> Application:
    """An application for `posting`, which the caller has authorised; raises Http404 for others."""
    rows = posting.applications.select_related("posting__employer", "revision", "copy", "candidate")
    application = rows.filter(public_id=public_id).first()
    if application is None:
        raise Http404
    return application


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who followed the link of a mail that asks about a posting."""

    link: ConfirmLink
    person: User
    posting: Posting


def get_asked(token: str) -> Asked | None:
    """Whoever the link was sent to, if they still hire for the posting's employer; None for any
    other link, signed by us or not. No session is asked: the link is the proof."""
    try:
        link = ConfirmLink.read(token)
    except LookupError:
        return None
    person = User.objects.filter(pk=link.user_id, is_active=True).first()
    posting = Posting.objects.select_related("employer").filter(public_id=link.posting).first()
    if person is None or posting is None or not can_hire(person, posting.employer):
        return None
    return Asked(link, person, posting)


def get_file(application: Application) -> ApplicationFile:
    """The file of an application that the caller has authorised; raises Http404 where none is."""
    found = ApplicationFile.objects.filter(application=application).first()
    if found is None:
        raise Http404
    return found


def get_draft(posting: Posting, user: User | None, begun: str) -> ApplicationDraft | None:
    """What somebody writes for `posting`: their own, else the one that this browser began without
    an account (`begun`, its public id)."""
    rows = ApplicationDraft.objects.filter(posting=posting)
    own = rows.filter(user=user).first() if user else None
    return own or get_stray_draft(posting, begun)


def get_stray_draft(posting: Posting, begun: str) -> ApplicationDraft | None:
    """A draft of no account yet, for whoever has its public id in their session."""
    if not begun:
        return None
    rows = ApplicationDraft.objects.filter(posting=posting, user__isnull=True)
    return rows.filter(public_id=begun).first()


def get_tracked(user: User, public_id: str) -> TrackedJob:
    """A job that `user` tracks; raises Http404 for everybody else."""
    rows = TrackedJob.objects.of_owner(user).select_related("posting", "user")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def get_received(user: User, employer: str, public_id: str) -> Posting:
    """A posting whose applications `user` may read: any of the team; raises Http404 for others."""
    return get_posting_for_member(user, get_employer_for_member(user, employer), public_id)


def get_received_to_decide(user: User, employer: str, public_id: str) -> Posting:
    """A posting on whose applications `user` decides; raises Http404 for those who only read."""
    return get_posting_for_hiring(user, get_employer_for_hiring(user, employer), public_id)


def get_received_to_note(user: User, employer: str, public_id: str) -> Posting:
    """A posting about whose applications `user` writes notes; raises Http404 for viewers."""
    return get_posting_for_member(user, get_employer_for_interviewing(user, employer), public_id)


def get_reply(employer: Employer, public_id: str) -> ReplyTemplate:
    """A saved reply of `employer`, which the caller has authorised; raises Http404 for others."""
    reply = employer.reply_templates.filter(public_id=public_id).first()
    if reply is None:
        raise Http404
    return reply


def get_own_alert(user: User, public_id: str) -> Subscription:
    """An alert of `user`, or of an address that they have confirmed; raises Http404 for others."""
    alert = _alerts().of_user(user).filter(public_id=public_id).first()
    if alert is None:
        raise Http404
    return alert


def get_alert_by_link(link: str) -> Subscription | None:
    """The alert whose mails hold this link, None when it was deleted since; raises BadLink for a
    link that we did not make, or not as it came."""
    return _alerts().filter(public_id=read_manage(link)).first()


def get_alert_to_confirm(question: str) -> Subscription | None:
    """The alert that the link of a mail asks about, None when it is too late; raises BadLink for a
    link that we did not make, or not as it came."""
    try:
        public_id = read_confirm(question, within=CONFIRM_ALERT_WITHIN)
    except LateLink:
        return None
    return _alerts().filter(public_id=public_id).first()


def _alerts() -> SubscriptionQuerySet:
    return Subscription.objects.select_related("user")
