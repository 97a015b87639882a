"""Files that are no page of a newspaper, each in words of our own."""

LOREM = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor "
    "incididunt ut labore et dolore magna aliqua."
)

REFUSED = {
    "server log": (
        "a program’s log",
        """\
2021-05-03 08:14:02,118 INFO  harbour.web Started server on port 8000
2021-05-03 08:14:09,502 INFO  harbour.web GET /timetable 200 14ms
2021-05-03 08:15:40,007 WARN  harbour.tides No reading from gauge 3.
2021-05-03 08:15:41,220 ERROR harbour.tides Gauge 3 gave up after 5 tries
""",
    ),
    "log of a named program": (
        "a program’s log",
        """\
tide-tables 2021-05-03 08:14:02: run with --all
tide-tables 2021-05-03 08:14:09: gauge 3 is read
tide-tables 2021-05-03 08:15:41: gauge 3 gave up
""",
    ),
    "log of a web server": (
        "a program’s log",
        """\
10.0.0.7 - - [03/May/2021:08:14:09 +0000] "GET /timetable HTTP/1.1" 200 5120
10.0.0.9 - - [03/May/2021:08:14:12 +0000] "GET /favicon.ico HTTP/1.1" 404 19
10.0.0.7 - - [03/May/2021:08:15:01 +0000] "POST /tickets HTTP/1.1" 302 0
""",
    ),
    "log of a system": (
        "a program’s log",
        """\
May  3 02:00:01 quay apt[411]: reading lists
May  3 02:00:09 quay apt[411]: 14 packages to upgrade
May  3 02:01:30 quay apt[411]: Updated 3 May 2021
""",
    ),
    "CSV": (
        "a table of values",
        """\
ferry,leaves,arrives,cars
Gannet,08:00,08:40,32
"Petrel, the old one",09:30,10:10,28
Skua,11:00,11:40,30
""",
    ),
    "CSV with semicolons": (
        "a table of values",
        "Schiff;Abfahrt;Ankunft\nGannet;08:00;08:40\nSkua;11:00;11:40\n",
    ),
    "table with tabs": (
        "a table of values",
        "ferry\tleaves\tarrives\nGannet\t08:00\t08:40\nSkua\t11:00\t11:40\n",
    ),
    "CSV without its last values": (
        "a table of values",
        """\
ferry,built,first sailed,last sailed,broken up
Gannet,1961,1961-05-03,1999-10-01,2001-02-07
Petrel,1974,1974-06-11,2010-03-30
Skua,1988,1988-04-09
,2012
""",
    ),
    "HTML": (
        "the HTML source",
        """\
<!DOCTYPE html>
<html lang="en">
<head><title>Ferry returns</title></head>
<body>
<h1>Ferry returns</h1>

Updated 03 May 2021
Follow

<h1>Ferry returns</h1>
<p>The ferry is back, and the quay is full.</p>
</body>
""",
    ),
    "HTML below its address, with a long style": (
        "the HTML source",
        "<!-- https://harbour.example/ferry.html\n  by hand -->\n<html><head><style>\n"
        + "".join(f".boat-{n} {{\n  width: {n}px;\n}}\n" for n in range(120))
        + "</style><title>Ferry</title></head>\n<body><p>It is back.</p></body>\n",
    ),
    "HTML from a long script on": (
        "the HTML source",
        "\n<script async>\n"
        + "".join(f"  sail({n})\n" for n in range(120))
        + "</script>\n<h1>Ferry returns</h1>\n<p>It is back.</p>\n",
    ),
    "piece of HTML": (
        "the HTML source",
        """\
<div class="story">
  <h1>Ferry returns</h1>
  <time datetime="2021-05-03">Updated 3 May 2021</time>
  <p>The ferry is back, and the quay is full.
  It sails at noon.</p>
</div>
""",
    ),
    "feed": (
        "a feed",
        '<?xml version="1.0"?>\n<rss version="2.0"><channel>\n</channel></rss>\n',
    ),
    "JSON": (
        "contains JSON",
        """\
{
  "headline": "Ferry returns",
  "updated": "3 May 2021",
  "body": ["The ferry is back.", "It sails at noon."]
}
""",
    ),
    "JSON of one line": ("contains JSON", '[{"ferry": "Gannet", "leaves": "08:00"}]'),
    "JSON lines": (
        "contains JSON",
        '{"ferry": "Gannet", "cars": 32}\n{"ferry": "Skua", "cars": 30}\n',
    ),
    "JSON that was cut": (
        "code or settings",
        '{\n  "headline": "Ferry returns",\n  "body": [\n    "The ferry is back.",\n',
    ),
    "YAML": (
        "code or settings",
        """\
# Settings of the ferry desk
site:
  name: Harbour Post
  port: 8000
ferries:
  - Gannet
  - Petrel
updated: 3 May 2021
""",
    ),
    "INI": (
        "code or settings",
        """\
; Settings of the ferry desk
[site]
name = Harbour Post
port = 8000

[ferries]
first = Gannet
""",
    ),
    "Python": (
        "code or settings",
        '''\
"""Reckon the tides of the quay."""

from datetime import date


def height(day: date, hour: int) -> float:
    """Return the height of the water in metres."""
    if hour > 23:
        raise ValueError(hour)
    return 1.5 + day.day % 7 * 0.2


print(height(date(2021, 5, 3), 8))
''',
    ),
    "SQL": (
        "code or settings",
        """\
-- Updated 3 May 2021
CREATE TABLE tickets (
    id INTEGER PRIMARY KEY,
    ferry TEXT NOT NULL,
    sold_on DATE
);

INSERT INTO tickets VALUES (1, 'Gannet', '2021-05-03');
INSERT INTO tickets VALUES (2, 'Petrel', '2021-05-03');
SELECT ferry, COUNT(*) FROM tickets GROUP BY ferry;
""",
    ),
    "JavaScript": (
        "code or settings",
        """\
import { tides } from "./tides.js";

const ferries = ["Gannet", "Petrel"];

function leaves(ferry) {
  if (!ferries.includes(ferry)) {
    return null;
  }
  return tides[ferry];
}
""",
    ),
}
"""Certainly no page; each with words of the reason that is given."""

REFUSED |= {
    "web archive": (
        "a web archive",
        """\
WARC/1.1\r
WARC-Type: conversion\r
WARC-Target-URI: https://harbour.example/ferry\r
WARC-Date: 2021-05-03T08:14:02Z\r
\r
Ferry returns
Updated 3 May 2021
Follow

Ferry returns

PORT SORREL: The ferry is back, and the quay is full.
""",
    ),
    "older web archive": (
        "a web archive",
        "filedesc://a.arc 0.0.0.0 20210503081402 text/plain 76\n1 0 Harbour\nURL IP\n",
    ),
    "answer of a server": (
        "a server’s answer",
        "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nFerry returns\n\nIt is back.\n",
    ),
    "mail": (
        "mail",
        """\
From: Ana Ode <ana@harbour.example>
To: Desk <desk@harbour.example>
Date: Mon, 3 May 2021 08:14:02 +0000
Subject: The ferry piece

Hello all,

the piece on the ferry will be an hour late, I am waiting for the captain.

Ana

Updated 3 May 2021
""",
    ),
    "mail as it travelled": (
        "mail",
        """\
Return-Path: <ana@harbour.example>
X-Tide: 7
Received: from quay (quay [10.0.0.7])
\tby desk with ESMTP id 7kq2m
\tfor <desk@harbour.example>
Message-ID: <7@harbour.example>
MIME-Version: 1.0

The ferry is back, and the quay is full.
""",
    ),
    "mail copied by hand": (
        "mail",
        (
            "From: Ana Ode\nSent: Monday, May 3, 2021\nTo: Desk\nSubject: Ferry\n\n"
            "The ferry is back.\n"
        ),
    ),
    "mailbox": (
        "mail",
        "From ana@harbour.example Mon May  3 08:14:02 2021\nX-Tide: 7\n\nIt is back.\n",
    ),
    "wire of ANPA": (
        "ANPA 1312",
        (
            "\x16\x16\x01a0172\x1f\nr i bc-ferry-returns 05-03 0341\n\x02\nFerry back\n"
            "PORT SORREL (HP) _ The ferry is back, and the quay is full.\n\x03\n"
        ),
    ),
    "wire of ANPA without its marks": (
        "ANPA 1312",
        "a0172\nr i bc-ferry-returns 05-03 0341\nFerry is back\nThe ferry is back.\n",
    ),
    "wire of ANPA with its category": (
        "ANPA 1312",
        "z6715-----\nr z BC-FER--Ferry returns 1stLd   05-03 0500\n^BC-FER--Ferry<\n",
    ),
    "wire of the IPTC": (
        "IPTC 7901",
        (
            "\x01HPA1234 4 pol 56 HP-0172\r\n\x02\r\nFerry back\r\nIt came at noon.\r\n"
            "\x03\r\n030814 May 21\r\n"
        ),
    ),
    "wire of the IPTC without its marks": (
        "IPTC 7901",
        "HPA1234 4 pol 56 HP-0172\n\nFerry is back\n\nIt came at noon.\n",
    ),
    "wire of a desk of the IPTC": (
        "IPTC 7901",
        "hpa0124 3 i 93  hp 1888\n\nFerries/\nEXTRA\nFerry is back =\n\nIt came.\n",
    ),
    "wire with the letters it begins with": (
        "IPTC 7901",
        "ZCZC HPA172\n\nFerry is back\n\nIt came at noon.\n\nNNNN\n",
    ),
    "PDF": ("a PDF", "%PDF-1.4\n1 0 obj\n(Ferry returns) Tj\nendobj\n%%EOF\n"),
    "RTF": ("an office document", "{\\rtf1\\ansi Ferry returns\\par It is back.}\n"),
    "DOCX": (
        "DOCX",
        "PK\x03\x04\x14\0\6\0\x08\0\0\0!\0ab\x13\0[Content_Types].xml and more\n",
    ),
    "ODT": (
        "ODT",
        "PK\x03\x04\x14\0\0\x08\0\0abmimetypeapplication/vnd.oasis.opendocument.text",
    ),
    "ZIP": ("a ZIP archive", "PK\x03\x04\x14\0\0\0\x08\0page.txt and more\n"),
    "empty ZIP": ("a ZIP archive", "PK\x05\x06" + "\0" * 18),
    "NITF": (
        "NITF",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- From the desk -->
<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
<nitf><body><body.head><hedline><hl1>
Ferry returns
</hl1></hedline></body.head></body></nitf>
""",
    ),
    "NewsML": (
        "NewsML",
        '<NewsML Version="1.2">\n<NewsItem>\nFerry returns\n</NewsItem>',
    ),
    "NewsML-G2": (
        "NewsML",
        (
            '<?xml version="1.0"?>\n<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">\n'
            "Ferry returns\n</newsItem>\n"
        ),
    ),
    "export of WordPress": (
        "WXR",
        """\
<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file generated by WordPress. -->
<rss version="2.0"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
Ferry returns
</channel></rss>
""",
    ),
    "Atom": ("a feed", '<feed xmlns="http://www.w3.org/2005/Atom">\nFerry\n</feed>\n'),
    "subtitles": (
        "subtitles",
        """\
1
00:00:01,000 --> 00:00:04,000
The ferry is back.

2
00:00:04,500 --> 00:00:07,000
It sails at noon,
and the quay is full.
""",
    ),
    "subtitles of the web": (
        "subtitles",
        "WEBVTT - Ferry\n\nfirst\n00:01.000 --> 00:04.000\nThe ferry is back.\n",
    ),
    "subtitles without numbers": (
        "subtitles",
        "00:00:01 --> 00:00:10\nThe ferry is back.\n\n00:00:11 --> 00:00:12\nOh.\n",
    ),
    "SGML": (
        "SGML",
        '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS NEWID="7">\nFerry returns\n',
    ),
    "SGML of a corpus": (
        "SGML",
        """\
<DOC id="HPW_ENG_20210503.0007" type="story">
<HEADLINE>
Ferry returns
</HEADLINE>
The ferry is back, and the quay is full.
It sails at noon.
It came at eight.
</DOC>
""",
    ),
}

REVIEWED = {
    "log under a familiar head": """\
Nightly run

Updated 3 May 2021
Follow

Nightly run

May  3 02:00:01 quay apt[411]: reading lists
May  3 02:00:09 quay apt[411]: 14 packages to upgrade
May  3 02:01:30 quay apt[411]: unpacking tide-tables 2.4
""",
    "chapter of a novel": """\
CHAPTER SEVEN

Updated 3 May 2021

Old Marit had kept the lamp for thirty years and had never once let it go cold. On the
night of the great fog she fell asleep over her knitting, and woke in the dark.

“Who’s there?” she called, and nobody answered.

She put her hand on the rail. The iron was wet. Below, a door moved on its hinge.

“If it’s you, Anders,” she said, “you are eleven years late for supper.”
""",
    "recipe": """\
Lentils with burnt onions

Updated 03 May 2021

Serves 4

Ingredients

200 g red lentils
3 onions
1 tsp cumin

Method

1. Rinse the lentils and boil them for twenty minutes.
2. Fry the onions in the oil until they are nearly black.
""",
    "table of numbers": """\
Updated 3 May 2021

1  14.2  0.31  1002
2  14.8  0.30  1004
3  15.1  0.28  1009
4  15.0  0.27  1011
""",
    "table of numbers, twice headed": """\
Week 18

Updated 3 May 2021
Follow

Week 18

1  14.2  0.31  1002
2  14.8  0.30  1004
3  15.1  0.28  1009
""",
    "cookie banner": """\
We value your privacy

Updated 3 May 2021
Follow

We value your privacy

We and our partners store cookies on your device to see how this site is used.

Accept all
Reject all
""",
    "page that was not found": """\
Page not found

Updated 3 May 2021

Sorry, the page you are looking for does not exist or has moved.

Go back to the front page
""",
    "list of links": """\
Latest

Updated 2 hours ago

Ferry returns after the storm
Council votes for a second pier
Chess club wins on the last board
Tea house opens on Net Street
""",
    "list of addresses": """\
https://harbour.example/stories/ferry-returns-after-the-storm
https://harbour.example/stories/council-votes-for-a-second-pier
Updated 3 May 2021
https://harbour.example/stories/chess-club-wins-on-the-last-board
""",
    "placeholder": "\n\n".join(
        ["Lorem ipsum", "Updated 3 May 2021\nFollow", "Lorem ipsum", *[LOREM] * 40]
    ),
    "placeholder in a true head": f"""\
Ferry returns

Updated 3 May 2021
Follow

Ferry returns

PORT SORREL: The ferry is back, and the quay is full.

{LOREM}
""",
    "code below a date": """\
# Tides

Updated 3 May 2021

import tides
print(tides.height(3))
print(tides.height(4))
""",
}
"""Most likely no story, though each of these prints a date: never published."""
