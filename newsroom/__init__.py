"""The site around the newspaper: settings, addresses, the server, health and backups.

Here belongs what any site needs, whatever it publishes: the environment, the door in
front of Django, answers while the database is away, how programs start and end.
What knows of articles belongs in `articles/`.
"""
