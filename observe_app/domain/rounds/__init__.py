"""Rounds of visits: who observes whom, by which rules, and when."""
