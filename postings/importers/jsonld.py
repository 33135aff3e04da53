"""Values of a JSON-LD document that others wrote, each read in all the shapes it comes in. Pure.

Nothing here raises: what can't be read is empty or None.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from postings.importers.clean import cut_at_word
from postings.importers.html_text import to_line

_DEEPEST: Final = 5
_ADDRESS: Final = re.compile(
    r"https?://[\w.-]+\.\w+[^\s<>\"\\^`{|}\x00-\x20\x7f-\x9f\ud800-\udfff]*"
)
_HIGHEST: Final = Decimal(10) ** 10


def each(value: Any) -> Iterator[Any]:
    """The items of `value`: of a list each, of nothing none, of anything else itself."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def text(value: Any, *, limit: int = 500, depth: int = 0) -> str:
    """One line of plain text: of a text, a number, an object's name, or the first of a list."""
    if depth > _DEEPEST or value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return cut_at_word(to_line(value), limit)
    if isinstance(value, int | float):
        return str(value)[:limit]
    if isinstance(value, dict):
        named = (value.get(key) for key in ("name", "@value", "value", "text", "title"))
        found = (text(item, limit=limit, depth=depth + 1) for item in named)
        return next(filter(None, found), "")
    if isinstance(value, list):
        found = (text(item, limit=limit, depth=depth + 1) for item in value)
        return next(filter(None, found), "")
    return ""


def raw(value: Any, *, depth: int = 0) -> str:
    """The text itself with its lines and tags: of a text, or of a list of texts a line each."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and depth < _DEEPEST:
        return raw(value.get("@value") or value.get("text"), depth=depth + 1)
    if isinstance(value, list):
        return "\n\n".join(filter(None, (item for item in value if isinstance(item, str))))
    return ""


def url(value: Any) -> str:
    """An http or https address of at most 200 characters, else nothing."""
    for item in each(value):
        address = item.get("@id") if isinstance(item, dict) else item
        if not isinstance(address, str):
            continue
        address = address.strip()
        if re.match(r"www\.[\w-]+\.\w", address):
            address = f"https://{address}"
        if len(address) <= 200 and _ADDRESS.fullmatch(address):
            return address
    return ""


def number(value: Any) -> Decimal | None:
    """A finite number of a sane size, written as a number or as text: `65000`, `"65,000.00"`."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    digits = str(value).strip().replace(",", "") if isinstance(value, str) else str(value)
    try:
        found = Decimal(digits)
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found) >= _HIGHEST:
        return None
    return found.quantize(Decimal("0.01"))


def day(value: Any) -> date | None:
    """The date that a text in ISO 8601 begins with; free text has none."""
    if not isinstance(value, str):
        return None
    found = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?=$|[T\s])", value)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def instant(value: Any) -> datetime | None:
    """The moment a text in ISO 8601 means; a date alone means its end, no zone means UTC."""
    on = day(value)
    if on is None:
        return None
    try:
        moment = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
    except ValueError:
        moment = datetime.combine(on, time.max, tzinfo=UTC)
    if "T" not in value.upper() and ":" not in value:
        moment = datetime.combine(on, time.max, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
