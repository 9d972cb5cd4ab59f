"""Rounds of visits: set up, planned, moved by hand, told to people; and the timetables that they rest on."""
