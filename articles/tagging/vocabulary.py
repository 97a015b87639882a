"""Hold the words that suggested tags go by; a newsroom adds its own here."""

from articles.story import calendar
from articles.story.text import words_of

PARTICLES = words_of("""
    al, an, ar, as, bin, bint, da, dal, de, del, der, di, dos, du, e, el, ibn, la, le,
    o, of, ten, ter, ul, un, ur, van, von, y
""")
"""What stands without a capital within a name, as in “Hizb-e-Islami”."""

LINKS = words_of("of, for, on")
"""What may stand before “the” within a name, as in “Bank of the North”."""

SILENT = PARTICLES | LINKS | words_of("and, the, in, to")
"""What an acronym may leave out."""

PREFIXES = words_of("al, an, ar, as, el, ul")
"""What a hyphen binds to the front of a name, as in “al-Khobar”."""

BODIES = words_of("""
    agency, alliance, association, authority, board, campaign, center, centre,
    coalition, commission, committee, conference, council, court, day, department,
    forum, front, fund, group, institute, league, mission, movement, network, office,
    organisation, organization, party, plan, program, programme, school, society, union
""")
"""What a name may go on behind with “for” or “on”, as in “Council for Trade”."""

OPENERS = words_of("""
    a, about, above, according, across, after, again, against, all, almost, along,
    already, also, although, always, am, amid, among, an, and, another, any, are,
    around, as, at, away, because, been, before, behind, being, below, besides, between,
    both, but, by, can, could, despite, did, do, does, don, down, during, each, earlier,
    eight, either, eleven, even, every, few, first, five, following, for, former, four,
    from, further, had, has, have, he, her, here, hers, his, how, however, hundreds, i,
    if, in, indeed, inside, instead, into, is, it, its, just, last, late, later, least,
    let, like, many, may, me, meanwhile, more, moreover, most, much, must, my, near,
    nearly, neither, never, next, nine, no, none, nor, not, nothing, now, of, off, oh,
    on, once, one, only, onto, or, other, others, our, out, outside, over, own, per,
    perhaps, previously, rather, recently, second, separately, seven, several, shall,
    she, should, similarly, since, six, so, some, soon, still, such, ten, than, that,
    the, their, them, then, there, therefore, these, they, third, this, those, though,
    thousands, three, through, throughout, thus, to, today, together, tomorrow, tonight,
    too, toward, towards, twelve, twenty, two, under, unlike, until, up, upon, very,
    was, we, well, were, what, when, whenever, where, whether, which, while, whom,
    whose, why, will, with, within, without, would, yesterday, yet, you, your
""")
"""What opens a sentence with a capital and names nothing."""

DAYS = frozenset(calendar.WEEKDAYS)

NAMED_DAYS = words_of("""
    ash, black, bloody, cyber, easter, good, holy, maundy, palm, shrove, super
""")
"""What makes a name of the day behind it, as in “Good Friday”."""

MONTHS = frozenset(calendar.MONTHS)

TITLES = words_of("""
    acting, admiral, adviser, advisor, ambassador, ambassadors, analyst, archbishop,
    attorney, ayatollah, baroness, bishop, brig, brigadier, capt, captain, cardinal,
    ceo, chair, chairman, chairperson, chairwoman, chancellor, chief, cleric, coach,
    col, colonel, commander, commissioner, councillor, councilor, crown,
    dame, deputy, det, detective, director, dr, editor, engineer, envoy, ex, excellency,
    executive, eyewitness, former, founder, gen, governor, grandmaster, hon, insp,
    inspector, judge, justice, lady, late, lawyer, leader, lieutenant, lord, lt, madam,
    maj, major, manager, maulana, mawlawi, mayor, minister, ministers, mister, moulvi,
    mr, mrs, ms, mufti, mullah, officer, pm, pms, premier, president, presidents, prime,
    prof, professor, qari, rabbi, rep, representative, rev, reverend, secretary, sen,
    senator, sergeant, sgt, sir, speaker, spokesman, spokesperson, spokeswoman,
    superintendent, vice
""")
"""What stands before a person's name and is no part of it."""

RANKS = words_of("general, staff")
"""A title at the front or behind another; elsewhere a word of a name."""

PEOPLES = words_of("""
    afghan, afghani, african, albanian, algerian, american, arab, arabic, argentinian,
    armenian, asian, australian, austrian, azerbaijani, bahraini, baloch, bangladeshi,
    belarusian, belgian, bengali, brazilian, british, buddhist, bulgarian, cambodian,
    canadian, catholic, central asian, chilean, chinese, christian, colombian, croatian,
    cuban, czech, danish, dutch, east asian, egyptian, emirati, english, eritrean,
    estonian, ethiopian, european, filipino, finnish, french, georgian, german,
    ghanaian, greek, gulf, hindu, hungarian, indian, indonesian, iranian, iraqi, irish,
    islamic, israeli, italian, japanese, jewish, jordanian, kashmiri, kazakh, kenyan,
    korean, kurdish, kuwaiti, kyrgyz, latin, latvian, lebanese, libyan, malaysian,
    mexican, middle eastern, moroccan, muslim, nepalese, nepali, nigerian, norwegian,
    omani, pakistani, palestinian, pashtun, persian, polish, portuguese, punjabi,
    qatari, rohingya, romanian, russian, saudi, scottish, senegalese, serbian, shia,
    shiite, sikh, sindhi, singaporean, somali, south asian, soviet, spanish, sri lankan,
    sudanese, sunni, swedish, swiss, syrian, taiwanese, tajik, tamil, thai, tunisian,
    turkish, turkmen, ugandan, ukrainian, urdu, uyghur, uzbek, venezuelan, vietnamese,
    welsh, western, yemeni
""")
"""Whose something is, or its faith or tongue: alone these are no subject."""

COMMON = words_of("""
    act, agreement, ai, allah, am, army, article, assembly, award, bc, bill, block, bn,
    board, bureau, cabinet, capital, captain, category, center, centre, chapter, city,
    club, cm, commission, committee, congress, constitution, council, country, court,
    covid, department, district, east, eastern, edt, embassy, est, fastfact, federation,
    fm, foreign office, forum, foundation, gate, gdp, gmt, god, government, governments,
    group, hiv, hospital, house, hq, id, institute, internet, islam, it, kg, kingdom,
    km, league, match, ministry, mosque, mp, mph, mps, museum, national, navy, ngo,
    ngos, north, northern, office, ok, opposition, parliament, party, pc, phase, photo,
    plan, pm, police, policy, prophet, province, pst, republic, resolution, round,
    school, section, senate, series, sms, south, southern, stage, state, states, strip,
    summit, supreme court, team, terminal, town, treaty, tv, union, university, usd,
    utc, video, vip, vs, web, week, west, works, world, year, zone
""")
"""What says nothing alone, although it may carry a capital."""

PRESS = words_of("""
    abc, agence france-presse, al arabiya, al jazeera, anadolu, anadolu agency, arab
    news, asharq al-awsat, associated press, bbc, bloomberg, cbs, cnn, dawn, dawn news,
    dpa, express tribune, facebook, financial times, fox news, geo news, getty, getty
    images, guardian, ians, instagram, le monde, nbc, new york times, pti news, radio
    pakistan, reuters, saudi press agency, shutterstock, sky news, spa, the guardian,
    tiktok, times, twitter, wall street journal, washington post, whatsapp, xinhua,
    youtube
""")
"""Newspapers, agencies and platforms: who says it, not what it is about."""
