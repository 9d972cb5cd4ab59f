"""A school's year: terms, holidays, classes, merging people, and the turn of the year."""
