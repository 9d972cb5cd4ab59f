"""Rounds of visits: set up, solved, moved by hand, made visits of, and watched over by counts."""
