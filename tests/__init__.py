"""The tests, laid out like the package, with their benches."""
