"""A power cut at any moment of a recorded act, and what is on the disk then."""
