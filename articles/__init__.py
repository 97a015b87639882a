"""The newspaper: one Django app, in rooms by who reads the code.

From top to bottom `management`, `templatetags`, `public`, `desk`, `imports`, `tagging`,
`store`, `models`, `parsing`, `pictures`, `story`: each uses only rooms below it. The
site around the newspaper (settings, server, backups) is in `newsroom/`.
"""
