"""Hours: what counts, statements of people, certificates."""
