"""Which applications were ticked, and where they go."""

import re
from collections.abc import Iterable
from typing import Final

from django import forms

from cscareers.core.ids import ALPHABET, LENGTH
from postings.hiring.enums import ApplicationState
from postings.hiring.states import EMPLOYER_VERBS

BULK_VERBS = tuple(verb for verb in EMPLOYER_VERBS if verb != "hire")
"""One hires people one by one."""
MOST = 100
_TICK: Final = re.compile(f"([{ALPHABET}]{{{LENGTH}}}):({'|'.join(ApplicationState)})")


class BulkForm(forms.Form):
    """`picked`: `public id:state`, the state as the page showed it."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in BULK_VERBS])

    def __init__(self, data: object, picked: Iterable[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.picked = list(picked)

    def seen(self) -> dict[str, str]:
        """The states that were seen, by public id; what is no tick of ours is left out."""
        found = (_TICK.fullmatch(tick) for tick in self.picked[:MOST])
        return {tick[1]: tick[2] for tick in found if tick}
