"""Words that a team saved for its answers, filled in for one candidate. Pure."""

import re
from typing import Final

PLACES: Final = ("candidate", "title", "employer")
"""What stands for something else, in braces: the candidate's name, the job's title, the employer's
name."""
_PLACE: Final = re.compile(r"\{(\w*)\}")
UNNAMED: Final = "there"
"""For a candidate without a name: "Hello there"."""


def filled(text: str, *, candidate: str, title: str, employer: str) -> str:
    """The text about one application, in one pass: what a name brings along stays as it is. Other
    braces do too."""
    known = {"candidate": candidate or UNNAMED, "title": title, "employer": employer}
    return _PLACE.sub(lambda found: known.get(found[1], found[0]), text)


def unknown_places(text: str) -> list[str]:
    """What stands in braces and means nothing to us: most often a slip of the pen."""
    return sorted({f"{{{name}}}" for name in _PLACE.findall(text) if name not in PLACES})
