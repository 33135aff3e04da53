"""An ad as people write it, plain text or HTML, read into a JobPosting document. Pure.

All that it concludes is a guess, which a member confirms. Skills that the text names are not looked
for here: whoever has the taxonomy adds them to the document's draft.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from postings.importers.ad_title import find_title
from postings.importers.html_text import to_line, to_markdown

_HEAD: Final = 60
"""An ad says its facts in its first lines, if it has a list of them."""
_LABEL: Final = re.compile(
    r"[*#>• -]{0,6}([A-Za-z][A-Za-z /-]{2,24}?) ?\*{0,2} ?: ?\*{0,2} ?(\S.{0,299})"
)
_LABELS: Final = {
    "place": (
        "location", "locations", "place", "place of work", "job location", "where", "city",
        "office", "based in", "work location",
    ),
    "pay": (
        "salary", "pay", "compensation", "pay range", "salary range", "wage", "hourly rate", "rate",
        "base salary", "base pay",
    ),
    "employment": (
        "employment type", "job type", "type of employment", "employment", "contract type", "type",
        "contract", "hours", "schedule",
    ),
    "mode": ("work mode", "workplace", "workplace type", "remote", "way of working"),
}  # fmt: skip
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_KINDS: Final = re.compile(
    r"\bfull[- ]time\b|\bpart[- ]time\b|\bpermanent\b|\btemporary\b|\bseasonal\b|\binternship\b"
    r"|\bfreelance\b|\bfixed[- ]term contract\b|\bvolunteer\b",
    re.IGNORECASE,
)
_REMOTE: Final = re.compile(
    r"\b(?:fully|100\s?%|permanently)[ -]remote\b|\bremote (?:job|role|position|work|first)\b"
    r"|\bwork(?:ing)? (?:from home|remotely)\b|\bhome[- ]based\b",
    re.IGNORECASE,
)
_HYBRID: Final = re.compile(r"\bhybrid\b", re.IGNORECASE)
_APPLY: Final = re.compile(r"\bapply\b[^\n]{0,80}?(https?://[^\s<>\"')\]]{4,190})", re.IGNORECASE)
GUESSES: Final = (
    "employment",
    "text_language",
    "locations",
    "applicant_countries",
    "pay_bands",
    "apply_url",
)


@dataclass(frozen=True, slots=True)
class Ad:
    """`document` is a schema.org JobPosting; `guesses` the fields that nobody stated as such."""

    document: dict[str, Any]
    guesses: tuple[str, ...]


def read_ad(source: str, *, title: str = "", place: str = "") -> Ad:
    """What an ad says. `title` and `place` are used where they are given, else looked for."""
    source = source.replace("\r\n", "\n").strip()
    is_html = _TAG.search(source) is not None
    text = to_markdown(source).text.replace("\\", "") if is_html else source
    guesses: tuple[str, ...] = GUESSES
    if place:
        guesses = tuple(name for name in guesses if name != "locations")
    if not title:
        first = find_title(text)
        title, text = first.words, first.rest
        guesses = ("title", *guesses)
    facts = _facts(text)
    description = source if is_html else text
    document: dict[str, Any] = {"@type": "JobPosting", "title": title, "description": description}
    where = [place or facts.get("place", "")]
    mode = f"{facts.get('mode', '')} {title}"
    if _HYBRID.search(f"{mode} {where[0]}") or _HYBRID.search(text):
        where.append("Hybrid")
    elif _REMOTE.search(text) or re.search(r"\bremote\b", mode, re.IGNORECASE):
        document["jobLocationType"] = "TELECOMMUTE"
    kinds = facts.get("employment", "")
    found = _KINDS.findall(kinds) or _KINDS.findall(text[:20_000])
    apply = _APPLY.search(text)
    more = {
        "jobLocation": [name for name in where if name],
        "baseSalary": facts.get("pay", ""),
        "employmentType": [kind.lower().replace("fixed-term", "") for kind in dict.fromkeys(found)],
        "url": apply[1].rstrip(".,;") if apply else "",
    }
    document.update({name: value for name, value in more.items() if value})
    return Ad(document, guesses)


def _label(line: str) -> re.Match[str] | None:
    """A line's label and what follows it. Its spaces are made one: a pattern is slow on many."""
    return _LABEL.match(" ".join(line[:400].split()))


def _facts(text: str) -> dict[str, str]:
    """What the first lines say after a label: "Location: Dublin"."""
    facts: dict[str, str] = {}
    for line in [line for line in text.split("\n") if line.strip()][:_HEAD]:
        found = _label(line)
        if found is None:
            continue
        name = " ".join(found[1].lower().split())
        for fact, labels in _LABELS.items():
            if name in labels:
                facts.setdefault(fact, to_line(found[2]).strip(" *"))
    return facts
