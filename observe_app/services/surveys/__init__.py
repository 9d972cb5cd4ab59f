"""Surveys as use cases: making, answering, collecting, releasing, results."""
