"""How many people each must-have of a draft removes, said so that nobody can be found out.

`docs/matching.md` has the rules, ADR 9 the attacks that they stand against.
"""
