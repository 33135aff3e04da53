"""schema.org JobPosting: the document of a posting's page, and the rules it has to follow. Pure."""

from postings.structured_data.document import (
    MarkupFacts,
    MarkupPlace,
    MarkupSkill,
    clean_title,
    job_posting,
    to_script,
)
from postings.structured_data.rules import Problem, validate

__all__ = [
    "MarkupFacts",
    "MarkupPlace",
    "MarkupSkill",
    "Problem",
    "clean_title",
    "job_posting",
    "to_script",
    "validate",
]
