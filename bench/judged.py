"""What `bench/judgements/` holds: profiles, postings of real files, pairs and labels; and the
words that a reader saw of each. The text of an ad stays in its file."""

import html
import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel import Locale

from cscareers.core.tables import read_tsv
from profiles.taxonomy.shipped import DATA
from tests.shared_data import ROOT

FOLDER = Path(__file__).resolve().parent / "judgements"
READERS = ("a", "b")
LEVELS = {0: "none", 1: "basic", 2: "works alone", 3: "advanced", 4: "expert"}
MOST_TEXT = 3_000
_HEAD = 1_100
_ASKS = re.compile(
    r"^(?=.{1,70}$).*(?:requirement|qualif|you.ll (?:need|bring)|you (?:have|bring|are)|must.have"
    r"|about you|looking for|we need|experience|skills|preferred).*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A short line that says: here is what we ask."""
_LOCALE = Locale("en")


@dataclass(frozen=True, slots=True)
class Ad:
    """A line of a file. `places`: countries of work; `accepts`: countries that a remote job is
    open to; both, and `level`, as the import understood them on the day of the draw."""

    id: str
    file: str
    line: int
    print: str
    level: str
    mode: str
    places: tuple[str, ...]
    accepts: tuple[str, ...]

    @property
    def raw(self) -> bytes:
        """The line; raises ValueError when the file is another one."""
        raw = _lines(self.file)[self.line - 1]
        if print_of(raw) != self.print:
            raise ValueError(f"{self.file}:{self.line} has changed")
        return raw


@dataclass(frozen=True, slots=True)
class Pair:
    """`drawn_by` is the part of the rule that drew it; readers never see it."""

    id: str
    profile: str
    ad: str
    drawn_by: str


def print_of(raw: bytes) -> str:
    return sha256(raw).hexdigest()[:16]


@cache
def _lines(file: str) -> list[bytes]:
    return (ROOT / f"postings/{file}.jsonl").read_bytes().splitlines()


def ads() -> dict[str, Ad]:
    found = {}
    for row in read_tsv(FOLDER / "postings.tsv"):
        places, accepts = tuple(row["places"].split()), tuple(row["accepts"].split())
        found[row["id"]] = Ad(
            *(row["id"], row["file"], int(row["line"]), row["print"], row["level"], row["mode"]),
            *(places, accepts),
        )
    return found


def profiles() -> dict[str, dict[str, Any]]:
    """The JSON Resumes by their ids."""
    lines = (FOLDER / "profiles.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row["resume"] for row in map(json.loads, lines)}


def pairs() -> list[Pair]:
    return [Pair(**row) for row in read_tsv(FOLDER / "pairs.tsv")]


def labels(folder: Path, reader: str) -> dict[str, int]:
    """Grades by pair. Raises ValueError when one is no grade or is given twice."""
    found: dict[str, int] = {}
    for row in read_tsv(folder / f"labels_{reader}.tsv"):
        grade = int(row["grade"])
        if grade not in range(4) or row["pair"] in found:
            raise ValueError(f"reader {reader}: {row['pair']} has no single grade from 0 to 3")
        found[row["pair"]] = grade
    return found


# ---- what a reader sees ----


def ad_text(ad: Ad) -> str:
    """The whole text of an ad without its markup: title and description."""
    document = json.loads(ad.raw.decode("utf-8-sig"))
    return f"{plain(document['title'])}\n{plain(document['description'])}"


def shown_ad(ad: Ad) -> str:
    """What a reader sees: what stands beside the text in the source's own words, and the text; of
    a long one the beginning and the part that says what is asked."""
    document = json.loads(ad.raw.decode("utf-8-sig"))
    facts = [plain(document["title"])]
    firm = (document.get("hiringOrganization") or {}).get("name")
    facts += [f"Firm: {firm}"] if firm else []
    for name, key in (
        *(("Place", "jobLocation"), ("Remote", "jobLocationType")),
        *(("Open to", "applicantLocationRequirements"), ("Pay", "baseSalary")),
        *(("Employment", "employmentType"), ("Experience", "experienceRequirements")),
    ):
        if value := _said(document.get(key)):
            facts.append(f"{name}: {value}")
    return "\n".join([*facts, "", _shortened(plain(document["description"]))])


def _said(value: Any) -> str:
    """A value of schema.org in plain words."""
    if isinstance(value, dict):
        return ", ".join(said for key, v in value.items() if key != "@type" and (said := _said(v)))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_said, value)))
    return "" if value is None else plain(str(value))


def plain(text: str) -> str:
    """Text without tags, entities and empty lines."""
    text = re.sub(r"<(?:br|/p|/li|/h\d|/div)[^>]*>", "\n", text)
    text = html.unescape(html.unescape(re.sub(r"<[^>]+>", " ", text)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _shortened(text: str) -> str:
    """At most MOST_TEXT characters, cut between words: the beginning, and from the first heading
    that asks something; without one the end."""
    if len(text) <= MOST_TEXT:
        return text
    last = len(text) - (MOST_TEXT - _HEAD)
    asks = next((m.start() for m in _ASKS.finditer(text, _HEAD, last)), None)
    begin = text.find(" ", last) + 1 if asks is None else asks
    end = begin + MOST_TEXT - _HEAD
    head = text[:_HEAD].rpartition(" ")[0]
    tail = text[begin:end] if end >= len(text) else f"{text[begin:end].rpartition(' ')[0]} […]"
    return f"{head} […]\n{tail}"


def shown_profile(resume: dict[str, Any]) -> str:
    """A profile in plain words: what the match reads of it, and what a person reads beside that."""
    basics, own = resume["basics"], resume.get("x-cscareers", {})
    at = basics.get("location", {})
    home = ", ".join(filter(None, [at.get("city", ""), _country(at.get("countryCode", ""))]))
    rows = [basics["label"] + "."]
    rows += [basics["summary"]] if "summary" in basics else []
    rows += [f"Lives in {home}."] if home else []
    rows += [f"Work: {_work(row)}" for row in resume.get("work", ())]
    for row in resume.get("education", ()):
        rows.append(f"Education: {' in '.join(filter(None, [row['studyType'], row.get('area')]))}")
    names = shipped_names()
    if skills := [_skill(row, names) for row in own.get("skills", ())]:
        rows.append(f"Skills: {'; '.join(skills)}.")
    for row in own.get("certificates", ()):
        until = f", valid until {row['expires']}" if "expires" in row else ""
        rows.append(f"Certificate: {names[row['slug']]}{until}.")
    if languages := [_language(row) for row in own.get("languages", ())]:
        rows.append(f"Languages: {', '.join(languages)}.")
    return "\n".join([*rows, f"Wants: {_wants(own)}."])


def _work(row: dict[str, str]) -> str:
    until = f"to {row['endDate']}" if "endDate" in row else "until today"
    summary = f": {row['summary']}" if "summary" in row else ""
    return f"{row['position']}, {row['startDate']} {until}{summary}"


def _skill(row: dict[str, Any], names: dict[str, str]) -> str:
    level = [LEVELS[row["level"]]] if "level" in row else []
    years = [f"{row['years']} years"] if "years" in row else []
    said = ", ".join(level + years)
    return names[row["slug"]] + (f" ({said})" if said else "")


def _language(row: dict[str, str]) -> str:
    name: str = _LOCALE.languages[row["code"]]
    return f"{name} {row['cefr']}" if "cefr" in row else name


def _wants(own: dict[str, Any]) -> str:
    """What the person wants of a job, and does not say."""
    wants = [f"level: {own['level_wanted'].replace('-', ' ')}"] if "level_wanted" in own else []
    wants += [f"{' or '.join(own['modes'])} work"] if "modes" in own else []
    if countries := [_country(code) for code in own.get("countries", ())]:
        wants.append(f"jobs in {', '.join(countries)}")
    if "remote_from" in own:
        country, _, part = own["remote_from"].partition("-")
        wants.append(f"for remote work: from {_country(country)}{f' ({part})' if part else ''}")
    if floor := own.get("pay_floor"):
        wants.append(f"at least {floor['amount']:,} {floor['currency']} a {floor['period']}")
    if "visa_needed" in own:
        wants.append("needs a visa" if own["visa_needed"] else "needs no visa there")
    return "; ".join(wants)


def _country(code: str) -> str:
    name: str = _LOCALE.territories[code] if code else ""
    return name


@cache
def shipped_names() -> dict[str, str]:
    return {row["slug"]: row["name"] for row in read_tsv(DATA / "skills.tsv")}


def query(resume: dict[str, Any]) -> str:
    """What BM25 is asked: the headline, titles held and names of skills."""
    own, names = resume.get("x-cscareers", {}), shipped_names()
    titles = [row["position"] for row in resume.get("work", ())]
    held = [names[row["slug"]] for row in own.get("skills", ()) if row.get("level") != 0]
    return " ".join([resume["basics"]["label"], *titles, *held])
