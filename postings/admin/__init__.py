"""Admin pages of postings: the review queue, reports, postings, their events, and the taxonomy."""

from postings.admin import events, postings, reports, revisions, taxonomy

__all__ = ["events", "postings", "reports", "revisions", "taxonomy"]
