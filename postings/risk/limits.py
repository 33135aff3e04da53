"""Whether a rule's new limits can be read where the old ones were. Pure."""

from typing import Any


def fits(standing: Any, given: Any) -> bool:
    """True when `given` has the names and kinds of `standing`: lists of words and tables of weights
    may grow and shrink, numbers are not negative."""
    if not isinstance(given, dict) or standing.keys() != given.keys():
        return False
    return all(_same_kind(standing[name], given[name]) for name in standing)


def _same_kind(standing: Any, given: Any) -> bool:
    if isinstance(standing, list):
        return isinstance(given, list) and all(isinstance(item, str) and item for item in given)
    if isinstance(standing, dict):
        return isinstance(given, dict) and all(_is_number(number) for number in given.values())
    if isinstance(standing, bool):
        return isinstance(given, bool)
    return _is_number(given)


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and given >= 0
