"""Journal: one's own entries, what was given on of them, and portfolios picked from the year."""
