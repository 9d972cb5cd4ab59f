"""What people learn and get recognised for: the journal's prompts and excerpts, portfolios, hours, certificates."""
