"""All that the page of a posting shows, in words: one builder for the public, the preview and the
moderator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from cscareers.core.languages import language_name
from cscareers.core.markdown import to_html
from postings.cards import card_for, replies_words, scales_for
from postings.content import UNKNOWN_LANGUAGE, PostingContent
from postings.enums import Level, PauseReason, WorkMode
from postings.labels import BY_ITSELF, label, pause_event_words
from postings.models import Posting, PostingEvent
from postings.policy import last_day
from postings.presentation import (
    Fact,
    LevelStep,
    PayScales,
    PostingCard,
    RequirementLine,
    level_steps,
)
from postings.reading import (
    Names,
    applicant_words,
    in_words,
    mode_words,
    names_for,
    pay_words,
    place_words,
    requirement_lines,
    window_words,
)
from profiles.models import Employer


@dataclass(frozen=True, slots=True)
class PayLine:
    """A pay band of a posting with the countries that it is for."""

    zone: str
    pay: str
    annual: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A public line of a posting's history."""

    at: datetime
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PostingPage:
    """What `templates/postings/posting/_posting.html` draws."""

    card: PostingCard
    scales: PayScales
    employer: Employer
    facts: list[Fact]
    pay_lines: list[PayLine]
    extra_pay: list[str]
    requirements: list[RequirementLine]
    responsibilities: tuple[str, ...]
    kpis: list[tuple[str, str]]
    benefits: list[tuple[str, str]]
    rail: tuple[LevelStep, ...]
    description: SafeString
    history: list[HistoryEntry]
    statements: list[str]
    text_language: str
    apply_url: str
    applies_here: bool
    questions: tuple[str, ...]
    copied_from: Posting | None


def page_for(
    posting: Posting,
    content: PostingContent,
    *,
    now: datetime,
    names: Names | None = None,
    events: Iterable[PostingEvent] | None = None,
) -> PostingPage:
    """The page of `posting` as `content` has it. Queries: names (3) and events (1) unless given."""
    names = names or names_for([content])
    employer = posting.employer
    card = card_for(content=content, names=names, employer=employer, posting=posting, now=now)
    told = list(events if events is not None else public_events(posting))
    return PostingPage(
        card=card,
        scales=scales_for([card]),
        employer=employer,
        facts=_facts(posting, content, names, told),
        pay_lines=_pay_lines(content, names),
        extra_pay=[f"{label(extra.kind)}: {extra.value}" for extra in content.extra_pay],
        requirements=requirement_lines(content, names),
        responsibilities=content.responsibilities,
        kpis=[(label(kpi.kind), kpi.target) for kpi in content.kpis],
        benefits=[(label(benefit.kind), benefit.value) for benefit in content.benefits],
        rail=level_steps(
            [label(level) for level in Level], content.level.step if content.level else 0
        ),
        description=to_html(content.description),
        history=history(told, time_zone=employer.time_zone),
        statements=_statements(content),
        text_language=content.text_language,
        apply_url=content.apply_url,
        applies_here=content.applies_here,
        questions=content.questions if content.applies_here else (),
        copied_from=posting.copied_from,
    )


PUBLIC_VERBS = (
    "approve", "approve-revision", "confirm", "extend", "pause", "resume", "hold", "release",
    "retract", "retract-revision",
)  # fmt: skip


def public_events(posting: Posting) -> Iterable[PostingEvent]:
    """The events of `posting` that everybody may read of, oldest first."""
    return posting.events.filter(verb__in=PUBLIC_VERBS).order_by("at", "pk")


def history(events: Iterable[PostingEvent], *, time_zone: str) -> list[HistoryEntry]:
    """Events as public lines, newest first: no names, no notes. Deadlines are days of
    `time_zone`, the employer's."""
    words = {
        "approve": "Published after review by us",
        "approve-revision": "Changed by the employer, after review by us",
        "confirm": "Confirmed open by the employer",
        "extend": "Deadline changed by the employer",
        "pause": "Paused",
        "resume": "Open again",
        "hold": "Paused by us for a check",
        "release": "Open again after our check",
        "retract": "Taken back by us for another look",
        "retract-revision": "The change was taken back by us for another look",
    }
    of_imports = {"approve": "Published from an import", "approve-revision": "Changed by an import"}
    lines = [
        HistoryEntry(
            event.at,
            _special(event)
            or (of_imports if event.details.get("label") == "import" else words)[event.verb],
            _moved(event, time_zone),
        )
        for event in events
    ]
    return lines[::-1]


def _special(event: PostingEvent) -> str:
    """The words of a pause that nobody chose, of its end, and of what we confirmed; empty for all
    else."""
    if event.verb == "confirm" and event.details.get("by_us"):
        return "Confirmed open by us"
    return pause_event_words(event.verb, event.reasons, moved=bool(event.to_state))


def paused_words(posting: Posting) -> str:
    """Why a posting is paused, for everybody; empty when it is not, or when we hold it."""
    own = [label(reason) for reason in BY_ITSELF if reason in posting.paused_for]
    if own:
        return ". ".join(own)
    return label(PauseReason.MEMBER) if posting.paused_for else ""


def _moved(event: PostingEvent, time_zone: str) -> str:
    if event.verb not in {"extend", "approve-revision"}:
        return ""
    return moved_deadline(event, time_zone)


def moved_deadline(event: PostingEvent, time_zone: str) -> str:
    """How the last day to apply moved, in words and by the calendar of `time_zone`; empty when
    it did not."""
    if "closes_to" not in event.details:
        return ""
    before, after = (
        date_format(last_day(datetime.fromisoformat(event.details[name]), time_zone), "j M Y")
        for name in ("closes_from", "closes_to")
    )
    return f"Closes {after} instead of {before}" if before != after else ""


def _facts(
    posting: Posting, content: PostingContent, names: Names, events: list[PostingEvent]
) -> list[Fact]:
    zone = posting.employer.time_zone
    moved = sum(1 for event in events if _moved(event, zone))
    facts = [
        Fact("Level", f"{label(content.level)}, {content.level.step} of 7")
        if content.level
        else None,
        Fact("Place", place_words(content, names) or "Anywhere", mode_words(content)),
        _who_can_apply(content, names),
        _hours(content),
        Fact(
            "Closes",
            date_format(last_day(posting.closes_at, zone), "j M Y"),
            f"Deadline moved {moved} {'time' if moved == 1 else 'times'}" if moved else "",
            posting.closes_at,
            "#history" if moved else "",
        )
        if posting.closes_at
        else None,
        promise_fact(content),
        *replies_facts(posting.employer),
        Fact(
            "Published",
            date_format(posting.first_published_at, "j M Y"),
            reposts_words(posting),
            machine_time=posting.first_published_at,
        )
        if posting.first_published_at
        else None,
        Fact(
            "Confirmed open",
            date_format(posting.confirmed_at, "j M Y"),
            machine_time=posting.confirmed_at,
        )
        if posting.confirmed_at
        else None,
        verified_fact(posting.employer),
    ]
    return [fact for fact in facts if fact is not None]


def promise_fact(content: PostingContent) -> Fact | None:
    """Within how many days everybody who applies here gets an answer."""
    if not content.applies_here:
        return None
    return Fact("Answer promised", f"Within {content.reply_days} days", "To everybody who applies")


def reposts_words(posting: Posting) -> str:
    """How often the posting was posted, and since when; empty for what was posted once."""
    if posting.chain_began_at is None or posting.times_posted < 2:
        return ""
    return (
        f"Posted {posting.times_posted} times since {date_format(posting.chain_began_at, 'j M Y')}"
    )


def _who_can_apply(content: PostingContent, names: Names) -> Fact | None:
    countries = applicant_words(content, names)
    if not countries and content.mode is not WorkMode.REMOTE:
        countries = sorted({names.country(place.country) for place in content.locations})
    if not countries:
        return None
    many = len(countries) > 4
    value = (
        f"People in {len(countries)} {'places' if content.applicant_subdivisions else 'countries'}"
        if many
        else f"People in {_list([in_words(name) for name in countries])}"
    )
    details = [", ".join(countries)] if many else []
    if content.visa_sponsorship is not None:
        details.append("Visa sponsored" if content.visa_sponsorship else "No visa sponsorship")
    if content.relocation:
        details.append("Help with moving")
    if window := window_words(content):
        details.append(window)
    return Fact("Who can apply", value, ". ".join(details))


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _hours(content: PostingContent) -> Fact | None:
    base = content.base_band
    parts = [label(employment) for employment in content.employment]
    schedule = ", ".join(label(code) for code in content.schedule)
    if base and base.band.hours_per_week:
        parts.append(f"{base.band.hours_per_week.normalize():f} hours a week")
    if not parts and not schedule:
        return None
    return Fact("Hours", ", ".join(parts) or schedule, schedule if parts else "")


def verified_fact(employer: Employer) -> Fact:
    """How an employer was verified, and since when."""
    if not employer.verification or employer.verified_at is None:
        return Fact("Employer", "Not verified yet", "Nobody has proven that this is their company")
    since = f"since {date_format(employer.verified_at, 'j M Y')}"
    how = {
        "email": f"Address at {employer.verified_domain}",
        "dns": f"DNS record of {employer.verified_domain}",
        "admin": "Checked by us",
    }[employer.verification]
    return Fact("Verified", how, since)


def replies_facts(employer: Employer) -> list[Fact]:
    """How an employer answers whoever applies, if that is public."""
    words = replies_words(employer)
    return [Fact("Answers", words, "Applications of the last 365 days")] if words else []


def _pay_lines(content: PostingContent, names: Names) -> list[PayLine]:
    lines = []
    for zoned in content.pay_bands:
        words = pay_words(zoned)
        zone = _list([names.country(code) for code in zoned.zone]) if zoned.zone else "Everywhere"
        lines.append(PayLine(zone, f"{words.sum} {words.period}", words.annual))
    return lines


def _statements(content: PostingContent) -> list[str]:
    lines = []
    if content.mode is WorkMode.REMOTE:
        lines.append("This job is 100% remote.")
    if content.vacancy_exists is not None:
        lines.append(
            "This is an open vacancy."
            if content.vacancy_exists
            else "This is for future openings: there is no vacancy today."
        )
    if content.ai_used is not None:
        lines.append(
            f"The employer uses AI in choosing people: {content.ai_note}"
            if content.ai_used
            else "The employer says that no AI screens or chooses people."
        )
    if content.team_size:
        lines.append(f"You lead a team of {content.team_size}.")
    if content.channels:
        lines.append(f"Channels: {', '.join(label(code) for code in content.channels).lower()}.")
    if content.text_language not in ("en", UNKNOWN_LANGUAGE):
        lines.append(f"The text is in {language_name(content.text_language)}.")
    return lines
