"""Observe: peer observation visits, from the first note to a conversation worth having.

The rooms, from the top; each may use only those below it (import contracts enforce it):

- `__main__`, `cli`   the command line; `app` wires everything, with or without the window
- `ui`                Qt: main window, pages, widgets, theme, jobs, the words of errors
- `services`          use cases as typed functions, no Qt, no SQL; `exchange` files in and out, `pdf` reports,
                      `compare` terms and observers, `charts` drawings for screen and paper alike,
                      `school` the year, `rounds` who observes whom, `groups`, `sessions`, `surveys`,
                      `learning` journals' use, hours; `sync` the shared folder: keys, letters, who may read
- `store`             the only code that knows our files: SQLite, journal, search, settings, backups;
                      `sync` what goes out to the shared folder and what comes in
- `domain`            what is true without a computer: frozen dataclasses and rules, standard library only;
                      `compare` what may stand beside what, `sync` letters, segments, who may write;
                      `school`, `rounds`, `groups`, `sessions`, `surveys` what those rooms keep, and their rules
- `paths`             where the shipped forms and resources lie

Beside the package: `forms/` (instruments, one TOML file each), `resources/` (fonts, icons, styles), `tests/`.
"""

__version__ = "0.1.0"
