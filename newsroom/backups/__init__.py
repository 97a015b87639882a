"""A newspaper in one file: its database, its pictures and its secret key."""
