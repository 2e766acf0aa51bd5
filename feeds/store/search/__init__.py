"""Full-text search in the store: FTS5 and tsvector over the same folded tokens."""
