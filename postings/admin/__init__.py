"""Admin pages of postings: the review queue, reports, postings, their events, the taxonomy,
searches without an answer, and the risk rules."""

from postings.admin import (
    events,
    notes,
    postings,
    replies,
    reports,
    revisions,
    risk,
    searches,
    taxonomy,
)

__all__ = [
    "events",
    "notes",
    "postings",
    "replies",
    "reports",
    "revisions",
    "risk",
    "searches",
    "taxonomy",
]
