"""The story as a value: no Django, no files, no clock."""
