"""The only code that knows our files: SQLite, journal, search, settings, backups. What leaves it is frozen.

- `schema`, `columns`    mapped rows; `migrations`, `migrate`  how old files become new ones
- `triggers`, `journal`  every change captured once: history, undo, what was on screen
- `database`, `unit`     connections and units of work; `repos`  one repository for each kind of record
- `sync`                 the shared folder's side of the database: outbox, taking in, what stands against each other
- `vault`, `driver`      secrets in the system's keyring; the database encrypted or plain
- `search`               full-text search; `folder`, `settings`, `backup`, `check`  the files around the database
"""
