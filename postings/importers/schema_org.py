"""A schema.org JobPosting, as one line of JSON, read into a `PostingDraft`. Pure.

Places stay text here: whoever has the city table resolves them. What can't be read is left empty
and noted; only a line that can never be a posting is refused.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from postings.content import UNKNOWN_LANGUAGE, PostingContent, RequirementRow, ZonedPay
from postings.enums import EducationLevel, EmploymentType, Importance, RequirementKind, WorkMode
from postings.importers import jsonld
from postings.importers.clean import cut_at_word
from postings.importers.duties import responsibilities_of
from postings.importers.html_text import to_markdown
from postings.importers.language import language_of
from postings.importers.levels import level_of_title
from postings.importers.lines import text_of, too_long
from postings.importers.salary_text import NoPay
from postings.importers.schema_pay import read_pay

MAX_TITLE: Final = 200
MAX_NAME: Final = 120
MAX_KEY: Final = 200
MAX_PLACES: Final = 20


class Refusal(StrEnum):
    """Why a line is no posting at all."""

    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NOT_A_JOB_POSTING = "not_a_job_posting"
    NO_TITLE = "no_title"
    NO_EMPLOYER = "no_employer"
    NOT_STORABLE = "not_storable"


class DraftReason(StrEnum):
    """Why a posting stays a draft."""

    NO_PAY = "no_pay"
    NO_LEVEL = "no_level"
    NO_PLACE = "no_place"
    NO_DESCRIPTION = "no_description"
    OVER = "over"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Refused:
    reason: Refusal


@dataclass(frozen=True, slots=True)
class PlaceText:
    """A place as the source names it: in parts, or as one `text`."""

    text: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class PostingDraft:
    """`key` is the identity within the employer. `content` has neither locations nor applicant
    countries yet: they come from `places` and `applicant_places`. `remote` is true where the
    source offers work from home, `only_remote` where it offers nothing else."""

    key: str
    employer_name: str
    employer_site: str
    content: PostingContent
    places: tuple[PlaceText, ...]
    applicant_places: tuple[PlaceText, ...]
    remote: bool
    date_posted: date | None
    valid_through: datetime | None
    no_pay: NoPay | None
    cut: bool
    digest: str
    """SHA-256 of what was read: an edited line has another one."""

    def says_the_same(self) -> str:
        """A digest of title, employer, places and description, equal for reposts."""
        return _digest(
            self.content.title, self.employer_name, self.places, self.content.description
        )


def read_bytes(line: bytes) -> PostingDraft | Refused:
    """The draft that one line of a file holds as it stands there, or why there is none."""
    if too_long(line):
        return Refused(Refusal.TOO_LONG)
    text = text_of(line)
    return Refused(Refusal.NOT_TEXT) if text is None else read_line(text)


def read_line(line: str) -> PostingDraft | Refused:
    """The draft that one line of a file holds, or why there is none."""
    try:
        return read_posting(json.loads(line))
    except (ValueError, RecursionError):  # no JSON, or nested deeper than any posting is
        return Refused(Refusal.NOT_JSON)


def read_posting(document: Any, *, untitled: bool = False) -> PostingDraft | Refused:
    """The draft that a document holds, or why there is none. `untitled`: also without a title,
    for somebody who will write one."""
    if not isinstance(document, dict):
        return Refused(Refusal.NOT_AN_OBJECT)
    types = [jsonld.text(item).rpartition("/")[2] for item in jsonld.each(document.get("@type"))]
    if "JobPosting" not in types:
        return Refused(Refusal.NOT_A_JOB_POSTING)
    title = jsonld.text(document.get("title"), limit=MAX_TITLE)
    title = title or jsonld.text(document.get("name"), limit=MAX_TITLE)
    if not title and not untitled:
        return Refused(Refusal.NO_TITLE)
    return _draft(document, title)


def _draft(document: dict[str, Any], title: str) -> PostingDraft:
    employer = next(jsonld.each(document.get("hiringOrganization")), None)
    employer_name = jsonld.text(employer, limit=MAX_NAME)
    places, remote = _places(document)
    applicants = _applicant_places(document)
    pay = read_pay(document)
    text = to_markdown(_description(document))
    valid_through = jsonld.instant(document.get("validThrough"))
    level = level_of_title(title)
    content = PostingContent(
        title=title,
        level=level,
        employment=employment_types(document.get("employmentType")),
        mode=_mode(title, places, remote=remote),
        pay_bands=(ZonedPay(pay.band),) if pay.band else (),
        responsibilities=responsibilities_of(text.text),
        requirements=_requirements(document),
        apply_until=valid_through.date() if valid_through else None,
        apply_url=jsonld.url(document.get("url")),
        text_language=_language(document, f"{title}\n{text.text}"),
        description=text.text,
    )
    guessed = (
        ("level", level),
        ("mode", content.mode),
        ("responsibilities", content.responsibilities),
        ("requirements", content.requirements),
        ("pay_bands", pay.guessed),
    )
    content = content.with_(guessed=tuple(name for name, value in guessed if value))
    return PostingDraft(
        key=_key(document, title, employer_name, content.description),
        employer_name=employer_name,
        employer_site=_site(employer),
        content=content,
        places=tuple(places[:MAX_PLACES]),
        applicant_places=tuple(applicants[:250]),
        remote=remote,
        date_posted=jsonld.day(document.get("datePosted")),
        valid_through=valid_through,
        no_pay=pay.reason,
        cut=text.cut,
        digest=_digest(json.dumps(document, sort_keys=True)),
    )


def draft_reasons(
    draft: PostingDraft, content: PostingContent, *, now: datetime
) -> tuple[DraftReason, ...]:
    """What keeps `content`, the draft's with its places resolved, from being published."""
    lacks = (
        (DraftReason.NO_PAY, not content.pay_bands),
        (DraftReason.NO_LEVEL, content.level is None),
        (DraftReason.NO_PLACE, not content.locations and not content.applicant_countries),
        (DraftReason.NO_DESCRIPTION, not content.description),
        (DraftReason.OVER, draft.valid_through is not None and draft.valid_through < now),
    )
    return tuple(reason for reason, lacking in lacks if lacking)


# --- Identity -----------------------------------------------------------------------------------


def _digest(*parts: Any) -> str:
    plain = json.dumps(parts, default=str, ensure_ascii=True)
    return hashlib.sha256(plain.encode("ascii")).hexdigest()


def _key(document: dict[str, Any], title: str, employer: str, description: str) -> str:
    """The identifier's value or text; else a hash of title, employer, place and description."""
    for item in jsonld.each(document.get("identifier")):
        named = item.get("value") if isinstance(item, dict) else item
        if found := jsonld.text(named, limit=2_000):
            return found if len(found) <= MAX_KEY else _digest(found)
    place = json.dumps(document.get("jobLocation"), sort_keys=True)
    return _digest(title, employer, place, description)


def _site(employer: Any) -> str:
    if not isinstance(employer, dict):
        return ""
    return jsonld.url(employer.get("sameAs")) or jsonld.url(employer.get("url"))


# --- Text ---------------------------------------------------------------------------------------

_MORE_TEXT: Final = ("responsibilities", "qualifications", "experienceRequirements", "jobBenefits")
_CODED_LENGTH: Final = 60  # "3+ years" is a code, not a text to be read


def _description(document: dict[str, Any]) -> str:
    """The description, and below it what other properties say in sentences and it does not."""
    parts = [jsonld.raw(document.get("description"))]
    for name in _MORE_TEXT:
        more = jsonld.raw(document.get(name)).strip()
        if parts[0] and len(more) >= _CODED_LENGTH and more not in parts[0]:
            parts.append(more)
    return "\n\n".join(filter(None, parts))


def _language(document: dict[str, Any], text: str) -> str:
    """The language that the text is seen to be in; else the one that the source states. Sources
    that state one for all their ads are wrong about those in English."""
    seen = language_of(text)
    if seen != UNKNOWN_LANGUAGE:
        return seen
    code = jsonld.text(document.get("inLanguage"), limit=10).lower()[:2]
    return code if re.fullmatch("[a-z]{2}", code) else UNKNOWN_LANGUAGE


# --- Coded values -------------------------------------------------------------------------------

_EMPLOYMENT: Final = {
    "fulltime": EmploymentType.FULL_TIME, "permanent": EmploymentType.FULL_TIME,
    "parttime": EmploymentType.PART_TIME,
    "contract": EmploymentType.CONTRACTOR, "contractor": EmploymentType.CONTRACTOR,
    "freelance": EmploymentType.CONTRACTOR, "freelancer": EmploymentType.CONTRACTOR,
    "temporary": EmploymentType.TEMPORARY, "temp": EmploymentType.TEMPORARY,
    "seasonal": EmploymentType.TEMPORARY,
    "intern": EmploymentType.INTERN, "internship": EmploymentType.INTERN,
    "volunteer": EmploymentType.VOLUNTEER, "perdiem": EmploymentType.PER_DIEM,
    "other": EmploymentType.OTHER,
}  # fmt: skip


def employment_types(value: Any) -> tuple[EmploymentType, ...]:
    """schema.org's types from `FULL_TIME`, `Full-time`, `full time, contract` or a list of them;
    words that we don't know are left out."""
    words = [
        re.sub(r"[^a-z]", "", word.lower())
        for item in jsonld.each(value)
        for word in re.split(r"[,;/|&]|\bor\b|\band\b", jsonld.text(item).rpartition("org/")[2])
    ]
    found = [_EMPLOYMENT[word] for word in words if word in _EMPLOYMENT]
    return tuple(dict.fromkeys(found))


_EDUCATION: Final = {
    "high school": EducationLevel.SECONDARY,
    "associate degree": EducationLevel.ASSOCIATE,
    "bachelor degree": EducationLevel.BACHELOR,
    "postgraduate degree": EducationLevel.MASTER,
}


def _requirements(document: dict[str, Any]) -> tuple[RequirementRow, ...]:
    """The two requirements that are coded: years of experience, and a kind of degree."""
    rows = []
    if (years := _years(document.get("experienceRequirements"))) is not None:
        rows.append(
            RequirementRow(
                id="r1",
                kind=RequirementKind.EXPERIENCE,
                importance=Importance.MUST,
                name="similar work",
                min_years=years,
            )
        )
    for item in jsonld.each(document.get("educationRequirements")):
        category = item.get("credentialCategory") if isinstance(item, dict) else None
        if (education := _EDUCATION.get(jsonld.text(category).lower())) is not None:
            rows.append(
                RequirementRow(
                    id="r2",
                    kind=RequirementKind.EDUCATION,
                    importance=Importance.MUST,
                    education=education,
                )
            )
            break
    return tuple(rows)


def _years(value: Any) -> int | None:
    for item in jsonld.each(value):
        if isinstance(item, dict):
            months = jsonld.number(item.get("monthsOfExperience"))
            if months is not None and 12 <= months <= 600:
                return int(months // 12)
        found = re.fullmatch(r"(\d{1,2})\s?\+?\s?(?:years?|yrs?)", jsonld.text(item))
        if found and int(found[1]):
            return int(found[1])
    return None


# --- Places -------------------------------------------------------------------------------------

_REMOTE: Final = re.compile(r"\bremote\b|\bwork from home\b|\btelecommut", re.IGNORECASE)
_HYBRID: Final = re.compile(r"\bhybrid\b", re.IGNORECASE)


def _places(document: dict[str, Any]) -> tuple[list[PlaceText], bool]:
    """The places of work, and whether the source offers work from home."""
    remote = "TELECOMMUTE" in [
        jsonld.text(item).upper() for item in jsonld.each(document.get("jobLocationType"))
    ]
    places: list[PlaceText] = []
    for place in _place_texts(document.get("jobLocation")):
        for part in _split(place):
            if _REMOTE.search(part.text):
                remote = True
            elif part not in places:
                places.append(part)
    return places, remote


def _applicant_places(document: dict[str, Any]) -> list[PlaceText]:
    """Where people may work from: the property of that name, and `Remote (US; CA)`."""
    found: list[PlaceText] = []
    for item in jsonld.each(document.get("applicantLocationRequirements")):
        names = jsonld.text(item, limit=2_000)
        if isinstance(item, dict) and isinstance(item.get("address"), dict):
            found += _place_texts(item)
        else:
            found += [PlaceText(country=name.strip()) for name in names.split(",")]
    for place in _place_texts(document.get("jobLocation")):
        for part in _split(place):
            if not _REMOTE.search(part.text):
                continue
            inside = re.search(r"\(([^()]*)\)", part.text)
            rest = inside[1] if inside else _REMOTE.sub("", part.text)
            found += [PlaceText(text=name.strip(" \t-–:,")) for name in rest.split(";")]
    return list(dict.fromkeys(place for place in found if place != PlaceText()))


def _place_texts(value: Any, depth: int = 0) -> list[PlaceText]:
    """Places as objects, addresses as objects or as one text, lists of any of these."""
    if depth > 4:
        return []
    found: list[PlaceText] = []
    for item in jsonld.each(value):
        if not isinstance(item, dict):
            found.append(PlaceText(text=jsonld.text(item, limit=2_000)))
        elif "addressCountry" in item or "addressLocality" in item or "addressRegion" in item:
            found.append(
                PlaceText(
                    city=jsonld.text(item.get("addressLocality"), limit=120),
                    region=jsonld.text(item.get("addressRegion"), limit=120),
                    country=jsonld.text(item.get("addressCountry"), limit=120),
                )
            )
        elif "address" in item:
            found += _place_texts(item["address"], depth + 1)
        else:
            found.append(PlaceText(text=jsonld.text(item, limit=2_000)))
    return [place for place in found if place != PlaceText()]


def _split(place: PlaceText) -> list[PlaceText]:
    """`New York, NY, US / Remote (US)` names two places, `Boston, MA or Austin, TX` as well."""
    if not place.text:
        return [place]
    parts = re.split(r"\s+/\s+|\s+\|\s+|\s+or\s+|;(?![^()]*\))", place.text)
    return [PlaceText(text=cut_at_word(part.strip(), 300)) for part in parts if part.strip()]


def _mode(title: str, places: list[PlaceText], *, remote: bool) -> WorkMode | None:
    """What the source says of where the work is done: a guess that `guessed` names."""
    if any(_HYBRID.search(words) for words in (title, *(place.text for place in places))):
        return WorkMode.HYBRID
    if remote:
        return WorkMode.REMOTE
    return WorkMode.ONSITE if places else None
