"""Admin pages of postings: the review queue, reports, postings, their events, the taxonomy,
searches without an answer, the risk rules, and what runs behind the pages."""

from postings.admin import (
    events,
    notes,
    operations,
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
    "operations",
    "postings",
    "replies",
    "reports",
    "revisions",
    "risk",
    "searches",
    "taxonomy",
]
