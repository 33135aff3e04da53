"""Admin pages of postings: the review queue, postings, their events, and the taxonomy."""

from postings.admin import events, postings, revisions, taxonomy

__all__ = ["events", "postings", "revisions", "taxonomy"]
