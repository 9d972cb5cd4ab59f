"""Form files: reading them with every problem at once, and the snapshot that a visit keeps.

`toml_lines` knows which line a key stands on, `toml_text` parses, `tables` checks one table of keys, `reader` knows
what a form is, `snapshot` keeps a form as JSON. `services.catalogue` is the door for everybody else.
"""
