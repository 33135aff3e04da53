"""The schema.org JobPosting of a posting's page. Pure.

`job_posting` builds the document from plain facts, `to_script` writes it so that nothing in it can
end the script element. Everything in the document stands on the page too.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any, Final

from cscareers.core.salary import PayBand
from postings.enums import EducationLevel, EmploymentType, Level, WorkMode

CREDENTIALS: Final[Mapping[EducationLevel, str]] = {
    EducationLevel.SECONDARY: "high school",
    EducationLevel.ASSOCIATE: "associate degree",
    EducationLevel.BACHELOR: "bachelor degree",
    EducationLevel.MASTER: "postgraduate degree",
    EducationLevel.DOCTORATE: "postgraduate degree",
}


@dataclass(frozen=True, slots=True)
class MarkupPlace:
    """A place of work: the country's code always, city and region where known."""

    country: str
    locality: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class MarkupSkill:
    name: str
    esco_uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkupFacts:
    """What the markup says. Addresses are absolute; `description_html` is safe HTML;
    `requirements`, `benefits` and `extra_pay` are words as the page shows them.

    `posted` is the first publication, by whomever. `applicant_countries` and
    `applicant_states` are names, of states with their country.
    `in_profession` is false for imports, whose profession nobody has judged: they get no
    occupation code.
    """

    title: str
    description_html: str
    posted: date | datetime
    closes_at: datetime
    employer_name: str
    employer_site: str = ""
    employer_logo: str = ""
    url: str = ""
    identifier: str = ""
    level: Level | None = None
    mode: WorkMode | None = None
    places: tuple[MarkupPlace, ...] = ()
    applicant_countries: tuple[str, ...] = ()
    applicant_states: tuple[str, ...] = ()
    employment: tuple[EmploymentType, ...] = ()
    band: PayBand | None = None
    extra_pay: tuple[str, ...] = ()
    responsibilities: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    skills: tuple[MarkupSkill, ...] = ()
    benefits: tuple[str, ...] = ()
    hours: str = ""
    education: EducationLevel | None = None
    months_of_experience: int | None = None
    experience_in_place_of_education: bool = False
    industry: str = ""
    applies_outside: bool = True
    in_profession: bool = True


def job_posting(facts: MarkupFacts) -> dict[str, Any]:
    """The document for a posting's page; properties without a value are left out."""
    document: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": clean_title(facts.title, employer_name=facts.employer_name),
        "description": _description(facts),
        "datePosted": _iso(facts.posted),
        "validThrough": _iso(facts.closes_at),
        "url": facts.url,
        "identifier": _identifier(facts),
        "hiringOrganization": _without_empty(
            {
                "@type": "Organization",
                "name": facts.employer_name,
                "sameAs": facts.employer_site,
                "logo": facts.employer_logo,
            }
        ),
        **_where(facts),
        "employmentType": _one_or_list([str(kind) for kind in facts.employment]),
        "baseSalary": _salary(facts.band),
        "incentiveCompensation": "; ".join(facts.extra_pay),
        "jobBenefits": "; ".join(facts.benefits),
        "workHours": facts.hours,
        "industry": facts.industry,
        "directApply": not facts.applies_outside,
        **_requirements(facts),
        "occupationalCategory": _occupations(facts),
    }
    return _without_empty(document)


def to_script(document: Mapping[str, Any]) -> str:
    """`document` as JSON that is safe inside a script element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_number)
    return re.sub(r"[<>&\u2028\u2029\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)


# --- Parts --------------------------------------------------------------------------------------

_PAY_IN_TITLE: Final = r"[(\[]?(?:US|CA|AU)?[$£€]\s?\d[\d.,]*\s?k?(?:\s?(?:-|–|to)\s?[$£€]?\s?\d[\d.,]*\s?k?)?(?:\s?(?:/|per|an?)\s?(?:hour|hr|year|yr|month))?[)\]]?"  # noqa: E501
_CODE_IN_TITLE: Final = (
    r"[(\[]?(?:\b(?:req(?:uisition)?|job|ref(?:erence)?|jr|id)\b\.?\s?(?:id|no|number|code)?\s?[#:.-]*"
    r"\s?(?=[\w-]*\d)[\w-]+|#\s?\d[\w-]*)[)\]]?"
)
_DATE_IN_TITLE: Final = r"[(\[]?\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\b[)\]]?"
_NOT_THE_JOB: Final = re.compile(
    f"{_PAY_IN_TITLE}|{_CODE_IN_TITLE}|{_DATE_IN_TITLE}", re.IGNORECASE
)
_LOOSE_ENDS: Final = " \t-–—|,:;/·•"


def clean_title(title: str, *, employer_name: str = "") -> str:
    """`title` without what is not the job: pay, job codes, dates, the employer's name.

    The title itself when nothing would be left.
    """
    cleaned = _NOT_THE_JOB.sub(" ", title)
    if employer_name:
        name = re.escape(employer_name)
        cleaned = re.sub(rf"(?:\bat\s+|[-–—|@:]\s*){name}\s*$", "", cleaned, flags=re.I)
        cleaned = re.sub(rf"^\s*{name}\s*[-–—|:]\s*", "", cleaned, flags=re.I)
    cleaned = re.sub(r"\s+([,;:])", r"\1", " ".join(cleaned.split())).strip(_LOOSE_ENDS)
    return cleaned or " ".join(title.split())


def _description(facts: MarkupFacts) -> str:
    """The whole text in HTML: what the page says in prose and in rows."""
    parts = [facts.description_html.strip()]
    areas = (*facts.applicant_countries, *facts.applicant_states)
    if facts.mode is WorkMode.REMOTE and areas:
        where = escape("; ".join(areas) if facts.applicant_states else ", ".join(areas))
        parts.append(f"<p>This job is 100% remote, for people who work from: {where}.</p>")
    parts += _rows("Responsibilities", facts.responsibilities)
    parts += _rows("Requirements", facts.requirements)
    parts += _rows("Benefits", facts.benefits)
    if facts.hours:
        parts.append(f"<p>Hours: {escape(facts.hours)}</p>")
    return "\n".join(filter(None, parts))


def _rows(heading: str, rows: Iterable[str]) -> list[str]:
    items = "".join(f"<li>{escape(row)}</li>" for row in rows)
    return [f"<p>{heading}</p>", f"<ul>{items}</ul>"] if items else []


def _where(facts: MarkupFacts) -> dict[str, Any]:
    """Place, or for what is remote altogether the countries to work from. Never both: a place
    beside TELECOMMUTE says that the work can be done there, and hybrid work is no telecommuting."""
    areas = [
        *({"@type": "Country", "name": name} for name in facts.applicant_countries),
        *({"@type": "State", "name": name} for name in facts.applicant_states),
    ]
    if facts.mode is WorkMode.REMOTE and areas:
        return {
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": _one_or_list(areas),
        }
    places = [
        {
            "@type": "Place",
            "address": _without_empty(
                {
                    "@type": "PostalAddress",
                    "addressLocality": place.locality,
                    "addressRegion": place.region,
                    "addressCountry": place.country,
                }
            ),
        }
        for place in facts.places
    ]
    return {"jobLocation": _one_or_list(places)}


def _salary(band: PayBand | None) -> dict[str, Any] | None:
    if band is None:
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": band.period.upper()}
    if band.minimum == band.maximum:
        value["value"] = _number(band.minimum)
    else:
        value |= {"minValue": _number(band.minimum), "maxValue": _number(band.maximum)}
    return {"@type": "MonetaryAmount", "currency": band.currency, "value": value}


def _identifier(facts: MarkupFacts) -> dict[str, str] | None:
    if not facts.identifier:
        return None
    return {"@type": "PropertyValue", "name": facts.employer_name, "value": facts.identifier}


def _requirements(facts: MarkupFacts) -> dict[str, Any]:
    """What is asked, coded: a degree, months of experience, skills."""
    credential = CREDENTIALS.get(facts.education) if facts.education else None
    months = facts.months_of_experience
    return {
        "educationRequirements": credential
        and {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": credential,
        },
        "experienceRequirements": months
        and {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": months,
        },
        "experienceInPlaceOfEducation": (
            True if facts.experience_in_place_of_education and credential and months else None
        ),
        "skills": _one_or_list([_skill(skill) for skill in facts.skills]),
    }


def _skill(skill: MarkupSkill) -> dict[str, Any]:
    term: dict[str, Any] = {"@type": "DefinedTerm", "name": skill.name}
    if skill.esco_uri:
        term |= {
            "termCode": skill.esco_uri,
            "url": skill.esco_uri,
            "inDefinedTermSet": "https://esco.ec.europa.eu/",
        }
    return term


_ONET_SERVICE: Final = ("43-4051.00", "Customer Service Representatives")
_ONET_SUPERVISORS: Final = (
    "43-1011.00",
    "First-Line Supervisors of Office and Administrative Support Workers",
)
_ONET_OPERATIONS: Final = ("11-1021.00", "General and Operations Managers")
_ESCO_SERVICE: Final = ("4225.1", "customer service representative",
                        "13d1b2b4-99dd-44da-9734-c9f74bae18f7")  # fmt: skip
_ESCO_SUPERVISOR: Final = ("3341.4", "contact centre supervisor",
                           "9d2aae3e-cbfe-409f-86cc-7cef9cd0435a")  # fmt: skip
_ESCO_MANAGER: Final = ("1439.3", "contact centre manager",
                        "f5166c6b-3467-4fc4-9343-d12e870d9def")  # fmt: skip
_OCCUPATIONS: Final = {
    Level.REPRESENTATIVE: (_ONET_SERVICE, _ESCO_SERVICE),
    Level.SPECIALIST: (_ONET_SERVICE, _ESCO_SERVICE),
    Level.SUPERVISOR: (_ONET_SUPERVISORS, _ESCO_SUPERVISOR),
    Level.MANAGER: (_ONET_SUPERVISORS, _ESCO_MANAGER),
    Level.SENIOR_MANAGER: (_ONET_OPERATIONS, _ESCO_MANAGER),
    Level.DIRECTOR: (_ONET_OPERATIONS, _ESCO_MANAGER),
    Level.VP: (_ONET_OPERATIONS, None),
}
"""Codes of the ladder's steps in O*NET-SOC (CC BY 4.0, USDOL/ETA) and ESCO 1.1.1; ours above the
manager, where neither has a customer service occupation."""


def _occupations(facts: MarkupFacts) -> list[dict[str, Any]]:
    if facts.level is None or not facts.in_profession:
        return []
    onet, esco = _OCCUPATIONS[facts.level]
    codes = [
        _category(
            onet[0],
            onet[1],
            f"https://www.onetonline.org/link/summary/{onet[0]}",
            {"name": "O*NET-SOC", "url": "https://www.onetonline.org/"},
        )
    ]
    if esco:
        codes.append(
            _category(
                esco[0],
                esco[1],
                f"http://data.europa.eu/esco/occupation/{esco[2]}",
                {"name": "ESCO", "url": "https://esco.ec.europa.eu/"},
            )
        )
    return codes


def _category(code: str, name: str, url: str, code_set: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "CategoryCode",
        "inCodeSet": {"@type": "CategoryCodeSet", **code_set},
        "codeValue": code,
        "name": name,
        "url": url,
    }


# --- Small things -------------------------------------------------------------------------------


def _one_or_list(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items


def _without_empty(document: dict[str, Any]) -> dict[str, Any]:
    """Without None, empty texts and empty lists; `False` is a value."""
    return {key: value for key, value in document.items() if value is False or value}


def _iso(when: date | datetime) -> str:
    return when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()


def _number(value: Any) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in JSON")
    return int(value) if value == int(value) else float(value)
