"""Near duplicates: how alike two postings are, and which live posting a text looks like."""
