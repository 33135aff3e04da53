"""The mails of alerts: the digest as it would go now, and the questions before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from cscareers.core.mail import Letter
from cscareers.core.phrases import small
from postings.cards import cards_for, with_cards
from postings.filter_words import search_words
from postings.filters import PostingFilterSet
from postings.hiring.engines.alert_tokens import confirm_token, manage_token
from postings.hiring.engines.alerts import Hit, News, why_found, why_matched
from postings.hiring.enums import AlertKind
from postings.hiring.models import Subscription
from postings.models import Posting
from postings.policy import CONFIRM_ALERT_WITHIN, MOST_IN_ALERT, SILENT_FOR, last_day
from postings.presentation import PostingCard
from profiles.emails import rendered, send

Found = Mapping[int, tuple[Posting, PostingCard]]


@dataclass(frozen=True, slots=True)
class Job:
    """A posting as the mail tells it."""

    card: PostingCard
    url: str
    why: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Digest:
    """One mail of an alert, and the postings in it; `more` are new as well and not in it."""

    subject: str
    text: str
    html: str
    jobs: tuple[Job, ...]
    postings: tuple[int, ...]
    more: int


def open_cards(news: Sequence[News], *, now: datetime) -> Found:
    """The cards of all that these mails could list, of what is open at this moment: the last look
    before they are written. One query."""
    wanted = {hit.pk for one in news for hit in one.hits[:MOST_IN_ALERT]}
    rows = with_cards(Posting.objects.published(now=now).filter(pk__in=wanted)).order_by("pk")
    postings = list(rows) if wanted else []
    cards = cards_for(postings, now=now)
    return {row.pk: (row, card) for row, card in zip(postings, cards, strict=True)}


def digest(alert: Subscription, news: News, found: Found, *, now: datetime) -> Digest | None:
    """The mail that tells `news`; None when nothing of it is open."""
    listed = [hit for hit in news.hits[:MOST_IN_ALERT] if hit.pk in found]
    if not listed:
        return None
    jobs = tuple(_job(alert, news, hit, *found[hit.pk]) for hit in listed)
    more = max(len(news.hits) - MOST_IN_ALERT, 0)
    count = len(listed) + more
    subject = f"{count} new {'job' if count == 1 else 'jobs'}: {alert.name}"
    text, html = rendered(
        subject=subject,
        template="alert",
        alert=alert,
        jobs=jobs,
        count=count,
        more=more,
        now=wall_clock(now, alert),
        zone=alert.time_zone.rpartition("/")[2].replace("_", " "),
        rhythm=rhythm_of(alert),
        words=words_of(alert, news),
        all_url=all_url(alert),
        **links(alert),
    )
    return Digest(subject, text, html or "", jobs, tuple(h.pk for h in listed), more)


def wall_clock(moment: datetime, alert: Subscription) -> datetime:
    """What a clock shows at that moment in the reader's zone: templates print it as it is."""
    return moment.astimezone(ZoneInfo(alert.time_zone)).replace(tzinfo=None)


def letter(alert: Subscription, mail: Digest) -> Letter:
    """The mail on its way, once for each time that one is due; it can be stopped by one click."""
    if alert.next_at is None:
        raise ValueError("an alert that does not run sends nothing")
    return Letter(
        to=alert.address,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        dedupe_key=f"{keys_begin(alert)}{alert.next_at:%Y%m%dT%H%MZ}",
        headers=list_headers(alert),
    )


def keys_begin(alert: Subscription) -> str:
    """How the keys of all its digests begin."""
    return f"alert:{alert.public_id}:"


def list_headers(alert: Subscription) -> dict[str, str]:
    """By which mail programs offer to stop it (RFC 2369, RFC 8058)."""
    ways = [f"<{links(alert)['stop_url']}>"]
    if settings.UNSUBSCRIBE_ADDRESS:
        ways.append(f"<mailto:{settings.UNSUBSCRIBE_ADDRESS}?subject=stop%20{alert.public_id}>")
    return {
        "List-Unsubscribe": ", ".join(ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def links(alert: Subscription) -> dict[str, str]:
    """Where its mails lead; none of them needs signing in."""
    token = manage_token(alert.public_id)

    def url(name: str, **more: str) -> str:
        path = reverse(f"hiring:{name}", kwargs={"alert_link": token, **more})
        return f"{settings.SITE_URL}{path}"

    return {
        "manage_url": url("alert"),
        "pause_url": url("alert_act", act="pause"),
        "keep_url": url("alert_act", act="keep"),
        "stop_url": url("alert_stop"),
    }


def all_url(alert: Subscription) -> str:
    """The list that the alert follows."""
    path = reverse("me:matches" if alert.kind == AlertKind.MATCH else "postings:board")
    return f"{settings.SITE_URL}{path}" + (f"?{alert.query}" if alert.query else "")


def words_of(alert: Subscription, news: News) -> str:
    """What the alert follows, in one line."""
    return said(alert.kind, search_words(news.search.params, news.search.terms))


def rhythm_of(alert: Subscription) -> str:
    """Its rhythm inside a sentence: "every day at 07:00, Europe/Berlin"."""
    return small(alert.rhythm)


def said(kind: str, words: Sequence[str]) -> str:
    """What an alert of this kind follows, in one line; `words` are its filters."""
    if kind == AlertKind.MATCH:
        among = f", among: {'; '.join(words)}" if words else ""
        return f"Jobs whose must-haves I meet, or all but one{among}"
    return "; ".join(words) or "All customer service jobs"


def _job(alert: Subscription, news: News, hit: Hit, posting: Posting, card: PostingCard) -> Job:
    match = news.matches.get(hit.pk)
    if match is None:
        return Job(
            card, settings.SITE_URL + card.url, why_found(news.search, posting.document), None
        )
    score = None if match.score is None else int(match.score)
    return Job(card, settings.SITE_URL + card.url, why_matched(match), score)


# ---- questions ----


def ask_to_confirm(alert: Subscription, *, is_known: bool, now: datetime) -> None:
    """Ask the address whether it wants the alert; with `is_known` it has it already."""
    kind = "alert-known" if is_known else "alert-confirm"
    path = reverse("hiring:alert_confirm", kwargs={"question": confirm_token(alert.public_id)})
    send(
        to=alert.address,
        subject="You have this alert already" if is_known else "Do you want new jobs by mail?",
        template="alert_confirm",
        dedupe_key=f"{kind}:{alert.public_id}:{now:%Y%m%dT%H%MZ}",
        is_known=is_known,
        what=_cautiously(alert, now=now),
        rhythm=rhythm_of(alert),
        url=settings.SITE_URL + path,
        until=last_day(now + CONFIRM_ALERT_WITHIN, alert.time_zone),
        **links(alert),
    )


def _cautiously(alert: Subscription, *, now: datetime) -> str:
    """What it follows, without the words that somebody typed: anybody can have this mail sent to
    anybody, and shall not be able to write in it."""
    filters = PostingFilterSet(QueryDict(alert.query), now=now)
    params = filters.params
    words = list(search_words(params.without("q"), filters.terms))
    return said(alert.kind, [*words, *(["words that you typed"] if params.q else [])])


def ask_if_wanted(alert: Subscription, *, now: datetime) -> None:
    """Ask a reader of long standing whether the alert is still wanted."""
    send(
        to=alert.address,
        subject=f"Do you still want these jobs? {alert.name}",
        template="alert_still_wanted",
        dedupe_key=f"alert-still-wanted:{alert.public_id}:{now:%Y%m%d}",
        alert=alert,
        ends=last_day(now + SILENT_FOR, alert.time_zone),
        **links(alert),
    )
