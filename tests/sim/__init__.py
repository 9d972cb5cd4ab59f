"""A world of several installations around one hostile folder; one seed is one schedule (`python -m tests.sim`)."""
