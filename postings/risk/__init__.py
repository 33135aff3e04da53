"""How likely it is that a posting is a fraud, by rules whose weights and limits are rows.

`facts` is what the rules look at, `signals` holds a pure function for each rule, `score` adds up
what hit, `gather` reads the facts of a revision, `rules` reads and loads the rows. The score only
orders the queue of the moderators: nobody is refused by it.
"""
