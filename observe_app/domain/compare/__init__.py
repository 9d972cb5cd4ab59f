"""Comparing visits: what one lesson contributes to a term, what may stand beside it, and how two records differ."""
