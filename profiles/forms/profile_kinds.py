"""The kinds of rows in a profile: which form each has, where it stands and what it is called."""

from dataclasses import dataclass
from typing import Final

from profiles.forms.profile_row import RowForm
from profiles.forms.profile_rows import (
    CertificateForm,
    EducationForm,
    EvidenceForm,
    ExperienceForm,
    LanguageForm,
    PlaceForm,
    SkillForm,
    ToolForm,
)
from profiles.forms.profile_sections import (
    AboutForm,
    ConditionsForm,
    SectionForm,
    VisibilityForm,
)

SECTION_FORMS: Final[dict[str, type[SectionForm]]] = {
    "about": AboutForm,
    "conditions": ConditionsForm,
    "visibility": VisibilityForm,
}
"""The sections that are a form, by slug."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`noun` stands on buttons; `title` and `hint` above the list, where the page's own title
    does not say it; `quick`: a term alone makes a row."""

    slug: str
    section: str
    form: type[RowForm]
    noun: str
    title: str = ""
    hint: str = ""
    quick: bool = False


_ALL: Final = (
    Kind(
        "places",
        "conditions",
        PlaceForm,
        "place",
        "Places",
        "Cities where you would go to work, and how far around them. On-site and hybrid jobs"
        " elsewhere are left out. Without a city, distance leaves out none.",
    ),
    Kind(
        "experience",
        "work",
        ExperienceForm,
        "job",
        "Experience",
        "Your jobs and voluntary work. Years are counted from the dates, each month once.",
    ),
    Kind(
        "evidence",
        "work",
        EvidenceForm,
        "evidence",
        "Evidence",
        "What you achieved, in numbers where you have them: a measure before and after.",
    ),
    Kind("skills", "skills", SkillForm, "skill", quick=True),
    Kind("tools", "tools", ToolForm, "tool", quick=True),
    Kind("languages", "languages", LanguageForm, "language"),
    Kind("education", "education", EducationForm, "education", "Education"),
    Kind(
        "certificates",
        "education",
        CertificateForm,
        "certificate",
        "Certificates",
        "One that has ended meets no requirement.",
    ),
)
KINDS: Final = {kind.slug: kind for kind in _ALL}


def kinds_of(section: str) -> list[Kind]:
    """The kinds of rows that stand in a section, in the order of the page."""
    return [kind for kind in _ALL if kind.section == section]
