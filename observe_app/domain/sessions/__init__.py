"""Joint development sessions: what was planned, what was decided, who was there, what was promised."""
