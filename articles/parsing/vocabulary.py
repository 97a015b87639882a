"""Hold the words that the rules look for; a newsroom adds its own here."""

from articles.story.text import words_of

AGENCIES = words_of("""
    AFP, AN, AP, APP, DPA, EPA, INP, PID, PPI, SPA, UPI, WAM, X
""")
"""Who takes pictures, in capitals: in other letters these are words like any."""

SOURCES = words_of("""
    photo, photos, photograph, courtesy, file, supplied, image, images, handout,
    screengrab, screen grab, screenshot, screen shot, social media, twitter,
    instagram, facebook, youtube, tiktok, whatsapp, shutterstock, getty, reuter,
    reuters, anadolu, xinhua, bloomberg, alamy, unsplash, wikimedia, creative commons
""")
"""What else says, in whichever letters, whose a picture is or how it was come by."""

POSITIONS = words_of("""
    l, r, c, l-r, left, right, center, centre, top, bottom, above, below, front, back,
    middle, from, to, and, in, the, of, first, second, third, fourth, fifth, far,
    seated, standing, row, clockwise, pictured, top-left, top-right, bottom-left,
    bottom-right
""")
"""What brackets in a caption say about who stands where."""

NAME_PARTICLES = words_of("""
    al, and, bin, bint, de, der, di, el, for, ibn, in, la, of, the, van, von, &, –
""")
"""What stands without a capital within a name."""

LABELS = words_of("""
    analysis, author, authors, breaking, by, cast, correction, director, editor,
    exclusive, fastfact, genre, highlight, interview, language, length, live, note,
    opinion, pages, photo, photos, price, publisher, rating, read, readers, review,
    reviewer, source, stars, starring, summary, tip, translation, update, updated,
    verdict, video, watch, writer
""")
"""What before a colon is a label of what follows, and no place."""

NOTICES = words_of("""
    404, 404 not found, 403 forbidden, 404 page not found, access denied, before you
    continue, checking your browser, error, internal server error, just a moment, not
    found, page not found, service unavailable, something went wrong, subscribe to
    continue, this site uses cookies, untitled, we use cookies, we value your privacy,
    your privacy choices
""")
"""What a site prints where a story's headline would stand, and no story is."""

FURNITURE = {
    "Short Url": "short-url",
    "Short URL": "short-url",
    "Follow": "follow",
    "You are here": "navigation",
    "Search form": "navigation",
    "• Search form": "navigation",
    "•": "empty-bullet",
}
"""Lines that are page furniture as they stand, each with the rule's name."""
