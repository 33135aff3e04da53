"""What search engines ask of a JobPosting, as checks on any such document. Pure.

A critical problem costs the listing; another one only a fact in it. The rules are those of
Google's page on job postings, its Search Console, and the content rules there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final, TypeGuard

from postings.enums import EmploymentType
from postings.structured_data.document import CREDENTIALS, clean_title

_CREDENTIALS: Final = {*CREDENTIALS.values(), "professional certificate"}
_UNITS: Final = ("HOUR", "DAY", "WEEK", "MONTH", "YEAR")
_ISO: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_SHORTEST_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """`pointer`: a JSON pointer into the document. `message`: a sentence for a person."""

    pointer: str
    message: str
    critical: bool = True


def validate(document: Any) -> list[Problem]:
    """All that is wrong with `document`, in its order; empty when it follows every rule."""
    if not isinstance(document, dict):
        return [Problem("", "The markup must be an object.")]
    checks = (_kind, _title, _description, _dates, _employer, _where, _employment, _pay, _asked,
              _rest)  # fmt: skip
    return [problem for check in checks for problem in check(document)]


def _kind(document: dict[str, Any]) -> Iterator[Problem]:
    context = document.get("@context")
    if not isinstance(context, str) or not re.fullmatch(r"https?://schema\.org/?", context):
        yield Problem("/@context", "The context must be https://schema.org/.")
    if document.get("@type") != "JobPosting":
        yield Problem("/@type", "The type must be JobPosting.")


def _title(document: dict[str, Any]) -> Iterator[Problem]:
    title = document.get("title")
    if not _is_text(title):
        yield Problem("/title", "The title is missing.")
        return
    employer = document.get("hiringOrganization")
    name = employer.get("name") if isinstance(employer, dict) else ""
    if clean_title(title, employer_name=name if isinstance(name, str) else "") != title:
        yield Problem(
            "/title",
            "The title must hold the job alone: no pay, codes, dates or employer.",
            critical=False,
        )


def _description(document: dict[str, Any]) -> Iterator[Problem]:
    text = document.get("description")
    if not _is_text(text):
        yield Problem("/description", "The description is missing.")
        return
    bare = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    if bare == document.get("title"):
        yield Problem("/description", "The description must say more than the title.")
    if not re.search(r"<(?:p|br|ul)\b", text, re.IGNORECASE):
        yield Problem("/description", "The description must be HTML.", critical=False)
    if re.search(r"<(?:script|iframe|style|form)\b", text, re.IGNORECASE):
        yield Problem("/description", "The description must hold text only.")
    if len(bare) < _SHORTEST_TEXT:
        yield Problem("/description", "The description is too short to be whole.", critical=False)


def _dates(document: dict[str, Any]) -> Iterator[Problem]:
    posted, until = document.get("datePosted"), document.get("validThrough")
    began, ends = _instant(posted), _instant(until)
    if posted is None:
        yield Problem("/datePosted", "The date of the first publication is missing.")
    elif began is None:
        yield Problem("/datePosted", "The date must be in ISO 8601.")
    if until is None:
        yield Problem("/validThrough", "The closing date is missing.", critical=False)
    elif ends is None:
        yield Problem("/validThrough", "The date must be in ISO 8601.")
    elif began is not None and ends < began:
        yield Problem("/validThrough", "The posting closes before it was published.")


def _employer(document: dict[str, Any]) -> Iterator[Problem]:
    employer = document.get("hiringOrganization")
    if not employer:
        yield Problem("/hiringOrganization", "The employer is missing.")
        return
    if not isinstance(employer, dict) or not _is_text(employer.get("name")):
        yield Problem("/hiringOrganization/name", "The employer has no name.")
        return
    for name in ("sameAs", "logo"):
        if name in employer and not _is_url(employer[name]):
            yield Problem(
                f"/hiringOrganization/{name}", "This must be a whole address.", critical=False
            )


def _where(document: dict[str, Any]) -> Iterator[Problem]:
    kind = document.get("jobLocationType")
    if kind is not None and kind != "TELECOMMUTE":
        yield Problem("/jobLocationType", "The only value is TELECOMMUTE.")
    remote = kind == "TELECOMMUTE"
    if remote:
        yield from _applicants(document)
    places = document.get("jobLocation")
    if not places and not remote:
        yield Problem("/jobLocation", "The place of work is missing.")
    for pointer, place in _items("/jobLocation", places):
        address = place.get("address") if isinstance(place, dict) else None
        country = address.get("addressCountry") if isinstance(address, dict) else None
        if not country:
            yield Problem(f"{pointer}/address/addressCountry", "The country is missing.")
        elif not (isinstance(address, dict) and address.get("addressLocality")):
            yield Problem(f"{pointer}/address/addressLocality", "The city is missing.", False)


def _applicants(document: dict[str, Any]) -> Iterator[Problem]:
    pointer = "/applicantLocationRequirements"
    areas = document.get("applicantLocationRequirements")
    if not areas:
        yield Problem(pointer, "A remote job must say where people may work from.")
    for where, area in _items(pointer, areas):
        if not isinstance(area, dict) or not _is_text(area.get("name")):
            yield Problem(f"{where}/name", "The area has no name.")
        elif area.get("@type") not in ("Country", "State", "AdministrativeArea", "City"):
            yield Problem(f"{where}/@type", "The area must be a country, state or city.")
    text = document.get("description")
    if isinstance(text, str) and not re.search("remote", text, re.IGNORECASE):
        yield Problem("/description", "The description must say that the job is remote.", False)
    if isinstance(text, str) and re.search(r"\bhybrid\b", text, re.IGNORECASE):
        yield Problem("/jobLocationType", "A hybrid job is not TELECOMMUTE.", critical=False)


def _employment(document: dict[str, Any]) -> Iterator[Problem]:
    kinds = document.get("employmentType")
    if kinds is None:
        yield Problem("/employmentType", "The type of employment is missing.", critical=False)
    for pointer, kind in _items("/employmentType", kinds):
        if not isinstance(kind, str) or kind not in set(EmploymentType):
            yield Problem(pointer, "The type of employment is none of the known ones.", False)


def _pay(document: dict[str, Any]) -> Iterator[Problem]:
    pay = document.get("baseSalary")
    if pay is None:
        yield Problem("/baseSalary", "The pay is missing.", critical=False)
        return
    if not isinstance(pay, dict) or not isinstance(pay.get("value"), dict):
        yield Problem("/baseSalary", "The pay must be an amount with its currency and period.")
        return
    if not isinstance(pay.get("currency"), str) or not re.fullmatch("[A-Z]{3}", pay["currency"]):
        yield Problem("/baseSalary/currency", "The currency must be a code of ISO 4217.")
    value = pay["value"]
    if value.get("unitText") not in _UNITS:
        yield Problem("/baseSalary/value/unitText", "The period must be one of the known ones.")
    ends = [value.get(name) for name in ("minValue", "maxValue")]
    amounts = ends if ends != [None, None] else [value.get("value")]
    if any(isinstance(a, bool) or not isinstance(a, int | float) or a <= 0 for a in amounts):
        yield Problem("/baseSalary/value", "Each amount must be a number above 0.")
    elif len(amounts) == 2 and amounts[0] > amounts[1]:
        yield Problem("/baseSalary/value", "The least must not be above the most.")


def _asked(document: dict[str, Any]) -> Iterator[Problem]:
    education = document.get("educationRequirements")
    experience = document.get("experienceRequirements")
    for pointer, item in _items("/educationRequirements", education):
        category = item.get("credentialCategory") if isinstance(item, dict) else None
        if category not in _CREDENTIALS:
            yield Problem(f"{pointer}/credentialCategory", "The credential is unknown.", False)
    months = experience.get("monthsOfExperience") if isinstance(experience, dict) else None
    if experience is not None and (
        isinstance(months, bool) or not re.fullmatch(r"\d{1,3}", str(months))
    ):
        yield Problem(
            "/experienceRequirements/monthsOfExperience", "Experience must be in months.", False
        )
    if document.get("experienceInPlaceOfEducation") and not (education and experience):
        yield Problem(
            "/experienceInPlaceOfEducation", "This needs both education and experience.", False
        )


def _rest(document: dict[str, Any]) -> Iterator[Problem]:
    identifier = document.get("identifier")
    if identifier is None:
        yield Problem("/identifier", "The identifier is missing.", critical=False)
    elif not isinstance(identifier, dict) or not identifier.get("value"):
        yield Problem("/identifier/value", "The identifier has no value.", critical=False)
    if not isinstance(document.get("directApply"), bool):
        yield Problem("/directApply", "This must be true or false.", critical=False)


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"https?://[^\s/]+\.?[^\s]*", value))


def _items(pointer: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Each item with its pointer; one item that stands without a list has the list's pointer."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield f"{pointer}/{number}", item
    elif value:
        yield pointer, value


def _instant(value: Any) -> datetime | None:
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return None
    try:
        if len(value) == 10:
            return datetime.combine(date.fromisoformat(value), time(), tzinfo=UTC)
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        return None
