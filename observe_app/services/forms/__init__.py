"""Form files: reading them with every problem at once, writing them, and the snapshot that a visit keeps.

`toml_lines` knows which line a key stands on, `toml_text` parses, `tables` checks one table of keys. `reader` knows
what a form is, with `read_scales`, `read_items`, `read_intervals` and `read_conditions` for its parts. `plain` turns a
form back into tables, which `writer` writes and `checks` reads again; `whole_scales` gives levels a scale. `snapshot`
keeps a form as JSON, `advice` says what an observer will notice. `services.catalogue` is the door for everybody else.
"""
