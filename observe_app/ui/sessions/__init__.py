"""Sessions on screen: the list, planning, the clock while one runs, minutes."""
