"""The match of a person with postings, as docs/matching.md publishes it."""
