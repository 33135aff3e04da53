"""Admin pages of postings: the review queue, reports, postings, their events, the taxonomy,
and searches without an answer."""

from postings.admin import events, postings, reports, revisions, searches, taxonomy

__all__ = ["events", "postings", "reports", "revisions", "searches", "taxonomy"]
