"""Everything from apply to hired: applications, their answers, alerts and the tracker.

An inner package of `postings` with layers of its own; `postings` never imports it. Its routes are
`hiring:…`.
"""
