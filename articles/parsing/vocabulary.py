"""Hold the words that the rules look for; a newsroom adds its own here."""


def words_of(text: str) -> frozenset[str]:
    """Return the words between the commas, wherever the lines end."""
    return frozenset(" ".join(word.split()) for word in text.split(","))


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

COUNTRIES = words_of("""
    Afghanistan, Albania, Algeria, Andorra, Angola, Argentina, Armenia, Australia,
    Austria, Azerbaijan, Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium,
    Belize, Benin, Bhutan, Bolivia, Bosnia, Botswana, Brazil, Britain, Brunei, Bulgaria,
    Burkina Faso, Burundi, Cambodia, Cameroon, Canada, Cape Verde, Chad, Chile, China,
    Colombia, Comoros, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czech Republic,
    Denmark, Djibouti, Dominica, Dominican Republic, East Timor, Ecuador, Egypt, El
    Salvador, England, Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland, France,
    Gabon, Gambia, Georgia, Germany, Ghana, Greece, Grenada, Guatemala, Guinea, Guyana,
    Haiti, Honduras, Hong Kong, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland,
    Israel, Italy, Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kiribati,
    Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya,
    Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi, Malaysia, Maldives, Mali,
    Malta, Mauritania, Mauritius, Mexico, Moldova, Monaco, Mongolia, Montenegro,
    Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, New Zealand,
    Nicaragua, Niger, Nigeria, North Korea, North Macedonia, Northern Ireland, Norway,
    Oman, Pakistan, Palau, Palestine, Panama, Papua New Guinea, Paraguay, Peru,
    Philippines, Poland, Portugal, Puerto Rico, Qatar, Romania, Russia, Rwanda, Samoa,
    San Marino, Saudi Arabia, Scotland, Senegal, Serbia, Seychelles, Sierra Leone,
    Singapore, Slovakia, Slovenia, Somalia, South Africa, South Korea, South Sudan,
    Spain, Sri Lanka, Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan,
    Tanzania, Thailand, Togo, Tonga, Trinidad, Tunisia, Turkey, Turkmenistan, Türkiye,
    UAE, Uganda, UK, Ukraine, United Arab Emirates, United Kingdom, United States,
    Uruguay, US, Uzbekistan, Vanuatu, Venezuela, Vietnam, Wales, Yemen, Zambia,
    Zimbabwe, Gaza Strip, West Bank, Azad Kashmir, Balochistan, Punjab, Sindh
""")
"""Which countries and regions may follow a town in a dateline."""

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
