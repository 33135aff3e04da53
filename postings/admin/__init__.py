"""Admin pages of postings: the review queue, reports, postings, their events, the taxonomy,
and searches without an answer."""

from postings.admin import (
    events,
    notes,
    postings,
    replies,
    reports,
    revisions,
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
    "searches",
    "taxonomy",
]
