"""Joint development sessions: planned, run with a clock, written down, followed up."""
