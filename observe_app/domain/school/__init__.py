"""A school's year: terms, holidays, classes and timetables."""
