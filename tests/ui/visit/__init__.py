"""The page of one visit."""
