"""The lint of a posting's words: hints that say what to write instead. Pure."""
