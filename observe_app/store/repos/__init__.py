"""One repository for each kind of record: rows in, frozen domain objects out."""
