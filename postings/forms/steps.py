"""The steps of the wizard in their order, and which of them a draft still needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from postings.completeness import Problem
from postings.forms.about import AboutPage
from postings.forms.closing import ClosingPage
from postings.forms.page import StepPage
from postings.forms.pay import PayPage
from postings.forms.place import PlacePage
from postings.forms.requirements import RequirementsPage
from postings.forms.work import WorkPage


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard; `lead` says in a sentence what it is for."""

    key: str
    title: str
    lead: str
    page: type[StepPage]

    def problems(self, found: Sequence[Problem]) -> list[Problem]:
        """Those of `found` that this step answers."""
        return [problem for problem in found if problem.field in self.page.fields]


STEPS: Final = (
    Step("about", "The job", "What the job is, in the words people search for.", AboutPage),
    Step("place", "Place", "Where the work is done, and who can apply.", PlacePage),
    Step(
        "pay",
        "Pay",
        "Both ends of what you would really pay on the first day. Everybody sees it: on the job, in"
        " lists and in mails.",
        PayPage,
    ),
    Step("work", "The work", "What the person does, and how you measure it.", WorkPage),
    Step(
        "requirements",
        "What you ask for",
        "Each line is matched on its own, and people see which lines they meet. Ask as must-have"
        " only what the work can’t be done without.",
        RequirementsPage,
    ),
    Step("closing", "How people apply", "Where, until when, and two facts to state.", ClosingPage),
)


def find_step(key: str) -> Step | None:
    """The step of this name."""
    return next((step for step in STEPS if step.key == key), None)


def next_step(found: Sequence[Problem], after: Step | None = None) -> Step | None:
    """The next step that still needs an answer, looking on from `after` and round to the start;
    None when nothing is missing."""
    start = STEPS.index(after) + 1 if after else 0
    in_turn = (*STEPS[start:], *STEPS[:start])
    return next((step for step in in_turn if step.problems(found)), None)
