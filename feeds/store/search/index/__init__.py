"""The index: FTS5 or tsvector over the same folded tokens, what an article is found by, and the words it all has."""
