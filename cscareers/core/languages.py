"""Names of languages."""

from collections.abc import Mapping
from functools import cache

from babel import Locale


@cache
def language_names() -> Mapping[str, str]:
    """ISO 639-1 code → English name, in order of the names."""
    names = Locale("en").languages
    found = [(str(code), str(names[code])) for code in names if len(str(code)) == 2]
    return dict(sorted(found, key=lambda pair: pair[1]))


def language_name(code: str) -> str:
    """The English name of an ISO 639-1 language, or its code."""
    return language_names().get(code, code)
