"""Makes the shipped data files from the packages that carry them; needed by developers only."""
