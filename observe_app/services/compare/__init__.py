"""Comparing visits: over a term, and what two observers of one lesson wrote down."""
