"""The seating plan: made in a sheet, shown small where a visit is prepared, pressed on while it is observed.

Nothing is imported here: the row where a visit is prepared must not bring the sheet and the pane with it.
"""
