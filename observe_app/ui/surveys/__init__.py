"""Surveys on the page Groups: list, making, answering, results."""
