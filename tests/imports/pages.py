"""Source pages of our own words, in the layout of most files."""

PAGE = """\
Harbour reopens after two days of storm\u00a0

A pilot boat leads the first ship in at Port Meridian on March 14, 2026. (AFP)
Short Url
Updated 14 March 2026
Follow

Harbour reopens after two days of storm\u00a0

  • Nine ships had waited outside the bar
  • Ferries run again from Sunday

PORT MERIDIAN: The harbour reopened on Saturday, the port captain said.

“We lost two days and no boat,” said Captain Lucía Okafor.




A crane is checked for damage at Port Meridian on March 13, 2026. (Supplied)

Ferries run <script>alert(1)</script> & sail.


Council votes for a second ferry pier

Updated 14 sec ago
Follow

Council votes for a second ferry pier

  • Work is to begin in autumn

PORT MERIDIAN: The council voted on Thursday for a second pier.

It will take the larger ferries."""


def write_page(folder, name="page.txt", text=PAGE):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
