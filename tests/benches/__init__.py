"""Benches: commands that print ratios measured in one run, never timed tests. `python3 run.py bench NAME --json`."""
