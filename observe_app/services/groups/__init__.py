"""Groups: their people, purpose, goals and readings, resources and celebrations."""
