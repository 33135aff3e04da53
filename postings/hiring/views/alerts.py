"""Alerts: taken, confirmed, read, changed and stopped; signed in, or by the link in a mail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cscareers.core import throttling
from cscareers.core.http import client_address, too_many
from cscareers.core.idempotency import Done, once
from postings.hiring import alert_mail
from postings.hiring.access import get_alert_by_link, get_alert_to_confirm, get_own_alert
from postings.hiring.actions import alerts
from postings.hiring.engines.alert_pages import asked, likely_zone, listed, state_of
from postings.hiring.engines.alert_tokens import BadLink, manage_token
from postings.hiring.engines.alerts import Finder
from postings.hiring.enums import AlertKind
from postings.hiring.forms.alerts import AddressAlertForm, ChangeAlertForm, NewAlertForm
from postings.hiring.models import Subscription
from postings.hiring.models.alert import NAME_LENGTH, QUERY_LENGTH
from postings.policy import MOST_ALERTS
from profiles.access import UserRequest
from profiles.models import User

FORM = "hiring/alerts/new.html"
FULL = f"You have {MOST_ALERTS} alerts, which is as many as one can have. Stop one first."
MANY = "That is as much as we take in a short time. Try again in an hour."
LONG = "This search is too long to be followed. Take some of its filters off."


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to do with an alert: its question, its button, and what it says when done."""

    question: str
    body: str
    button: str
    done: str
    danger: bool = False


VERBS: Mapping[str, Verb] = {
    "pause": Verb(
        "Pause this alert?", "It sends nothing until you start it again.", "Pause", "It is paused."
    ),
    "resume": Verb(
        "Start this alert again?",
        "You get what is new since its last mail, of the last 30 days.",
        "Start again",
        "It runs again.",
    ),
    "keep": Verb(
        "Keep this alert?", "It goes on as it is.", "Keep it", "Good: it goes on as it is."
    ),
    "stop": Verb(
        "Stop this alert?",
        "It sends nothing any more. You can start it again for 30 days, then we delete it.",
        "Stop it",
        "It is stopped.",
    ),
    "delete": Verb(
        "Delete this alert?",
        "We forget it, and what it has sent you. This can’t be undone.",
        "Delete it",
        "The alert is deleted.",
        danger=True,
    ),
}


Page = Callable[..., HttpResponse]


def says_when_torn(page: Page) -> Page:
    """The page; for a link that lost a part on its way, one that says so, whatever it led to."""

    @wraps(page)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return page(request, *args, **kwargs)
        except BadLink:
            return render(request, "hiring/alerts/torn.html", status=404)

    return whole


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Follow the search that the address holds: by account, or by an e-mail address alone."""
    now = timezone.now()
    query = request.GET.copy()
    kind = AlertKind.MATCH if query.pop("kind", [""])[-1] == AlertKind.MATCH else AlertKind.SEARCH
    reader = request.user if isinstance(request.user, User) else None
    if kind is AlertKind.MATCH and reader is None:
        return redirect_to_login(request.get_full_path())
    search = asked(query, now=now)
    words = alert_mail.said(kind, search.words)
    initial = {
        "time_zone": likely_zone(request.user, search),
        "name": "My match" if kind is AlertKind.MATCH else words[:NAME_LENGTH],
    }
    form = _form(request, reader, initial, now=now)
    back = reverse("me:matches" if kind is AlertKind.MATCH else "postings:board")
    back_url = f"{back}?{search.query}" if search.query else back
    context = {"form": form, "words": words, "search": search, "kind": kind, "back_url": back_url}
    if request.method != "POST" or not form.is_valid():
        return render(request, FORM, context)
    if len(search.query) > QUERY_LENGTH:
        form.add_error(None, LONG)
        return render(request, FORM, context)
    try:
        return redirect(_take(request, reader, form, alerts.Follow(search.query, words, kind), now))
    except alerts.TooManyAlerts:
        form.add_error(None, FULL)
    except throttling.TooMany as error:
        form.add_error(None, MANY)
        return too_many(request, FORM, context, error)
    except alerts.HaveItAlready as error:
        messages.info(request, "You have this alert already.")
        return redirect("me:search", alert=error.alert.public_id)
    return render(request, FORM, context)


def _form(
    request: HttpRequest, reader: User | None, initial: dict[str, Any], *, now: datetime
) -> NewAlertForm | AddressAlertForm:
    data = request.POST or None
    if reader is not None:
        return NewAlertForm(data, initial=initial)
    return AddressAlertForm(data, now=now, initial=initial)


def _take(
    request: HttpRequest,
    reader: User | None,
    form: NewAlertForm | AddressAlertForm,
    follow: alerts.Follow,
    now: datetime,
) -> str:
    said, rhythm = form.cleaned_data, form.rhythm

    def perform() -> Done:
        if reader is None:
            alerts.subscribe_address(
                email=said["email"],
                follow=follow,
                name=follow.words[:NAME_LENGTH],
                rhythm=rhythm,
                address=client_address(request),
                now=now,
            )
            return Done(reverse("hiring:alert_sent"))
        made = alerts.subscribe(
            user=reader, follow=follow, name=said["name"], rhythm=rhythm, now=now
        )
        return Done(reverse("me:search", kwargs={"alert": made.public_id}))

    return once(request, key=said["key"], now=now, perform=perform)


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next; the same whatever we know of the address."""
    return render(request, "hiring/alerts/sent.html", {"most": MOST_ALERTS})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@says_when_torn
def confirm(request: HttpRequest, question: str) -> HttpResponse:
    """The link of the first mail: it asks, and only the answer does something."""
    alert = get_alert_to_confirm(question)
    if alert is None or alert.ended_at is not None:
        return render(request, "hiring/alerts/late.html", status=410)
    if request.method == "POST":
        try:
            alert = alerts.confirm(alert=alert, now=timezone.now())
        except alerts.NotPossible:
            return render(request, "hiring/alerts/late.html", status=410)
        messages.success(request, "Good: your alert runs.")
        return redirect(_urls(alert, by_link=True)["page"])
    context = {"alert": alert, "manage_url": _urls(alert, by_link=True)["page"]}
    return render(request, "hiring/alerts/confirm.html", context)


# ---- signed in ----


@require_safe
def searches(request: UserRequest) -> HttpResponse:
    """All alerts of the person who is signed in."""
    rows = Subscription.objects.of_user(request.user).select_related("user")
    context = {
        "alerts": listed(rows.order_by("ended_at", "-created_at", "-pk"), now=timezone.now()),
        "most": MOST_ALERTS,
    }
    return render(request, "hiring/alerts/searches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: UserRequest, alert: str) -> HttpResponse:
    """One alert: what it follows, its next mail as it would go now, and the form to change it."""
    return _alert_page(request, get_own_alert(request.user, alert), by_link=False)


@require_http_methods(["GET", "HEAD", "POST"])
def search_act(request: UserRequest, alert: str, act: str) -> HttpResponse:
    """Asks before a verb, then does it."""
    return _act(request, get_own_alert(request.user, alert), act, by_link=False)


# ---- by the link in a mail ----


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@says_when_torn
def alert(request: HttpRequest, alert_link: str) -> HttpResponse:
    """The same page for whoever has the mail."""
    found = get_alert_by_link(alert_link)
    return _gone(request) if found is None else _alert_page(request, found, by_link=True)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@says_when_torn
def alert_act(request: HttpRequest, alert_link: str, act: str) -> HttpResponse:
    """The same verbs for whoever has the mail."""
    found = get_alert_by_link(alert_link)
    return _gone(request) if found is None else _act(request, found, act, by_link=True)


@csrf_exempt  # RFC 8058: mail programs send this by themselves, without a cookie
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@says_when_torn
def alert_stop(request: HttpRequest, alert_link: str) -> HttpResponse:
    """Stop by one click in a mail program, or in two on the page; a GET changes nothing."""
    found = get_alert_by_link(alert_link)
    if found is None:
        # Deleted is stopped as well: a mail program shall hear that it is done.
        return _gone(request, status=200 if request.method == "POST" else 410)
    if request.method == "POST":
        found = alerts.end(alert=found, now=timezone.now())
    context = {"alert": found, "urls": _urls(found, by_link=True)}
    return render(request, "hiring/alerts/stop.html", context)


# ---- both ----


def _urls(alert: Subscription, *, by_link: bool) -> dict[str, str]:
    """The addresses of an alert's page and verbs, by their names."""
    if by_link:
        one = {"alert_link": manage_token(alert.public_id)}
        page, act = "hiring:alert", "hiring:alert_act"
    else:
        one = {"alert": alert.public_id}
        page, act = "me:search", "me:search_act"
    verbs = {verb: reverse(act, kwargs={**one, "act": verb}) for verb in VERBS}
    return {"page": reverse(page, kwargs=one), **verbs}


def _alert_page(request: HttpRequest, alert: Subscription, *, by_link: bool) -> HttpResponse:
    now = timezone.now()
    urls = _urls(alert, by_link=by_link)
    form = ChangeAlertForm(request.POST or None, alert=alert)
    if request.method == "POST" and form.is_valid():
        try:
            alerts.change(alert=alert, name=form.cleaned_data["name"], rhythm=form.rhythm, now=now)
            messages.success(request, "Saved.")
        except alerts.NotPossible:
            messages.info(request, "This alert does not run, so nothing was changed.")
        return redirect(urls["page"])
    news = Finder([alert], now=now).news([alert])[alert.pk]
    cards = alert_mail.open_cards([news], now=now)
    context: dict[str, Any] = {
        "alert": alert,
        "state": state_of(alert, now=now),
        "form": form,
        "urls": urls,
        "by_link": by_link,
        "problems": news.search.problems,
        "mail": alert_mail.digest(alert, news, cards, now=now),
        "follows": alert_mail.words_of(alert, news),
        "all_url": alert_mail.all_url(alert),
        "sent": alert.sent.count(),
    }
    return render(request, "hiring/alerts/alert.html", context)


def _act(request: HttpRequest, alert: Subscription, act: str, *, by_link: bool) -> HttpResponse:
    if act not in VERBS:
        raise Http404
    verb, urls = VERBS[act], _urls(alert, by_link=by_link)
    if request.method != "POST":
        context = {"alert": alert, "verb": verb, "urls": urls, "danger": verb.danger}
        return render(request, "hiring/alerts/act.html", context)
    try:
        _do(alert, act)
    except alerts.NotPossible:
        messages.info(request, "That is not possible any more. The page shows how it stands now.")
    except alerts.HaveItAlready:
        messages.info(request, "You have another alert for the same search, which runs.")
    except alerts.TooManyAlerts:
        messages.info(request, FULL)
    else:
        messages.success(request, verb.done)
    if act == "delete":
        return _gone(request, status=200) if by_link else redirect("me:searches")
    return redirect(urls["page"])


def _do(alert: Subscription, act: str) -> None:
    now = timezone.now()
    match act:
        case "pause":
            alerts.pause(alert=alert, now=now)
        case "resume":
            alerts.resume(alert=alert, now=now)
        case "keep":
            alerts.keep(alert=alert, now=now)
        case "stop":
            alerts.end(alert=alert, now=now)
        case "delete":
            alerts.delete(alert=alert)


def _gone(request: HttpRequest, *, status: int = 410) -> HttpResponse:
    return render(request, "hiring/alerts/gone.html", status=status)
