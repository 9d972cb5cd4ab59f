"""What two people wrote into one place: the mark at the field, the dialog that asks, the list of everything open."""
