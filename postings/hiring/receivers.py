"""What hiring does when something happens to postings or people; connected in `postings.apps`."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in, user_signed_up
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from postings.applying import DRAFTS_KEY, apply_url
from postings.hiring.actions import drafts
from postings.hiring.actions.endings import answer_everyone
from postings.hiring.models import ApplicationDraft
from postings.models import Posting, PostingEvent
from postings.signals import posting_ended
from profiles.accounts import AFTER_CONFIRMING
from profiles.models import User


@receiver(posting_ended)
def answer_open_applications(
    sender: object, posting: Posting, event: PostingEvent, now: datetime, **kwargs: Any
) -> None:
    """Whoever fills or closes a posting answers everybody who still waits; see `answer_everyone`.
    What runs out by its date leaves them open, and their answers due."""
    answer_everyone(posting=posting, event=event, now=now)


@receiver(user_signed_up)
def keep_drafts_of_newcomer(
    sender: object, request: HttpRequest, user: User, **kwargs: Any
) -> None:
    """What somebody wrote before they had an account is in it from the start, so that the link
    which confirms the address may be opened in any browser."""
    adopted, _ = _adopt(request, user)
    for draft in adopted:
        words = "Your application for “{}” is kept in your account: confirm your address, sign in,"
        messages.info(request, format_html(words + " and it waits for you.", draft.posting))


@receiver(email_confirmed)
def lead_back_to_draft(
    sender: object, request: HttpRequest, email_address: EmailAddress, **kwargs: Any
) -> None:
    """Who signed up in the middle of an application and confirms the address goes on with it,
    whichever browser opens the link."""
    if email_address.user.last_login is not None:
        return
    latest = _latest(email_address.user)
    if latest is not None:
        names = {"slug": latest.posting.slug, "public_id": latest.posting.public_id}
        request.session[AFTER_CONFIRMING] = reverse("hiring:apply_check", kwargs=names)


@receiver(user_logged_in)
def keep_drafts(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """What somebody wrote before they signed in is theirs now; they are led back to it."""
    adopted, left = _adopt(request, user)
    if left:
        messages.info(request, "You had a draft for this job already. Both are kept: choose one.")
    if request.POST.get("next") or request.GET.get("next"):
        return
    latest = adopted[-1] if adopted else _latest(user)
    if latest is not None:
        words = 'Your application for “{}” is not sent yet. <a href="{}">Go on with it</a>'
        link = apply_url(latest.posting)
        messages.info(request, format_html(words, latest.posting, link))


def _latest(user: User) -> ApplicationDraft | None:
    rows = ApplicationDraft.objects.filter(user=user).select_related("posting")
    return rows.order_by("-updated_at", "-pk").first()


def _adopt(request: HttpRequest, user: User) -> tuple[list[ApplicationDraft], bool]:
    begun: Any = request.session.get(DRAFTS_KEY) or {}
    if not begun:
        return [], False
    adopted, left = drafts.adopt(public_ids=list(begun.values()), user=user)
    mine = {draft.posting.public_id for draft in adopted}
    request.session[DRAFTS_KEY] = {job: one for job, one in begun.items() if job not in mine}
    return adopted, left
