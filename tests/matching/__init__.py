"""Is it the same article? Cases written without sight of the matcher."""
