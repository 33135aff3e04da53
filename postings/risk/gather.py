"""The facts about a revision, for the risk rules. Reads only."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity

from cscareers.core.domains import domain_of, host_of, registrable
from cscareers.core.rates import Rates, current_rates
from cscareers.core.tables import read_tsv
from postings.content import PostingContent
from postings.duplicates.query import look_alikes
from postings.enums import Level, ReportStatus
from postings.models import Posting, PostingRevision, Report
from postings.reading import pay_words
from postings.risk.facts import Facts, Pay, Twin, UsualPay
from postings.wording.lint import texts_of
from profiles.models import Employer

WAGES: Final = Path(__file__).resolve().parents[1] / "data" / "oews_bands.tsv"
_MOST_TWINS: Final = 3
_MOST_DOMAINS: Final = 20
_LEAST_ALIKE: Final = 0.3


def facts_about(revision: PostingRevision, *, now: datetime) -> Facts:
    """What the rules look at; `revision` comes with its posting, employer and author."""
    posting, content = revision.posting, revision.value
    employer = posting.employer
    author = revision.author or posting.author
    mail = _mail_of(content.apply_url)
    domain = registrable(domain_of(mail) if mail else host_of(content.apply_url))
    usual = usual_pay(content.level, today=now.date())
    return Facts(
        texts=texts_of(content),
        level=content.level,
        employer_days=max(0, (now - employer.created_at).days),
        employer_jobs=_public_before(posting),
        employer_verified=bool(employer.verification),
        employer_text=employer.description,
        employer_logo=bool(employer.logo),
        employer_domain=employer.verified_domain or registrable(host_of(employer.site)),
        apply_domain=domain,
        apply_email=mail,
        author_email=author.email if author else "",
        other_domains=tuple(_domains_like(domain, employer)),
        pay=_pay(content, usual, current_rates()) if usual else None,
        usual_pay=usual,
        twins=tuple(_twins(posting, content, now=now)),
        reports=posting.reports.open().count(),
        fraud_reports=posting.reports.open().of_fraud().count(),
        fraud_elsewhere=_fraud_elsewhere(posting),
    )


def _mail_of(address: str) -> str:
    """The mail address of a `mailto:` link; empty for a site."""
    scheme, _, rest = address.partition(":")
    return rest.partition("?")[0] if scheme.lower() == "mailto" else ""


def _fraud_elsewhere(posting: Posting) -> int:
    rows = Report.objects.of_fraud().exclude(status=ReportStatus.DISMISSED)
    others = Posting.objects.filter(employer=posting.employer_id).exclude(pk=posting.pk)
    return rows.filter(posting__in=others).count()


def _public_before(posting: Posting) -> int:
    """How many jobs of the employer were public, this one included."""
    rows = Posting.objects.filter(employer_id=posting.employer_id, first_published_at__isnull=False)
    return rows.count()


def _domains_like(domain: str, employer: Employer) -> Iterator[str]:
    """Proven domains of other employers that share many letters with `domain`."""
    if not domain or employer.verified_domain == domain:
        return iter(())
    others = Employer.objects.exclude(pk=employer.pk).exclude(verified_domain="")
    alike = others.annotate(alike=TrigramSimilarity("verified_domain", domain)).filter(
        alike__gte=_LEAST_ALIKE
    )
    found = alike.order_by("-alike", "pk").values_list("verified_domain", flat=True)
    return iter(found[:_MOST_DOMAINS])


def _twins(posting: Posting, content: PostingContent, *, now: datetime) -> Iterator[Twin]:
    alike = look_alikes(
        content,
        posting=posting,
        employer=posting.employer,
        now=now,
        limit=_MOST_TWINS,
        waiting=True,
    )
    for row in alike:
        yield Twin(row.title, row.employer_name, row.same_employer)


def usual_pay(level: Level | None, *, today: date) -> UsualPay | None:
    """What is usual for `level` by the shipped wage statistics; None where they don't know."""
    row = _usual().get(level) if level else None
    if row is None:
        return None
    low, high, released, currency, country, source = row
    months = (today.year - released.year) * 12 + today.month - released.month
    return UsualPay(low, high, currency, country, source, months)


@cache
def _usual() -> dict[str, tuple[int, int, date, str, str, str]]:
    """By level: the lowest and the highest tenth of the occupations that the table sets at it."""
    found: dict[str, tuple[int, int, date, str, str, str]] = {}
    for row in read_tsv(WAGES):
        if row["period"] != "year":
            continue
        for level in row["levels"].split():
            low, high = int(row["p10"]), int(row["p90"])
            if level in found:
                low, high = min(low, found[level][0]), max(high, found[level][1])
            released = datetime.strptime(row["released"], "%B %Y").date()  # noqa: DTZ007
            source = f"{row['area']}, {row['released']}"
            found[level] = (low, high, released, row["currency"], row["area"], source)
    return found


def _pay(content: PostingContent, usual: UsualPay, rates: Rates) -> Pay | None:
    """The base band in the currency of the statistics; None where it can't be compared."""
    zoned = content.base_band
    if zoned is None:
        return None
    ends = [
        rates.convert(Decimal(amount), source=zoned.band.currency, target=usual.currency)
        for amount in (zoned.band.annual_min, zoned.band.annual_max)
    ]
    low, high = ends
    if low is None or high is None:
        return None
    words = pay_words(zoned)
    countries = frozenset(zoned.zone) or frozenset(place.country for place in content.locations)
    return Pay(int(low), int(high), f"{words.sum} {words.period}", countries)
