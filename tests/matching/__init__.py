"""Is it the same article? Cases frozen before any matcher, and kept apart from it."""
