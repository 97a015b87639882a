"""A newspaper with a page of every kind, and all that a story may hold."""

from articles.models import Author, Photo, Tag
from articles.store.photos import change_photo, save_photo
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, TagUse
from tests.builders import HOUR, NOON, correct, make_article, make_section
from tests.pictures.files import make_file

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe"
SHAPES = {
    "landscape": (900, 600),
    "tall": (400, 700),
    "portrait": (600, 800),
    "panorama": (960, 320),
}
SENTENCE = "The harbour reopened on Monday, and forty boats came in before noon. "
COPY = f"<p>{SENTENCE}</p>"
ARABIC = "قال مسؤولون في الميناء إن أربعين قاربا دخلت المرفأ قبل الظهر."
URDU = "بندرگاہ کے دفتر نے بتایا کہ دوپہر سے پہلے چالیس کشتیاں واپس آئیں۔"


def make_newspaper():
    """Return the addresses of its pages by what they show."""
    for position, name in enumerate(("World", "Harbour", "Business", LONG[:40])):
        make_section(name, position)
    photos = make_photos()
    for n in range(24):
        make_article(
            NOON - n * HOUR,
            headline=f"Story {n} of the harbour",
            section=("World", "Harbour", "Business")[n % 3],
            captions=(Caption("Cranes", "AFP", photos["landscape"]),) * (n % 2),
            body=COPY * 6,
            tags=(TagUse("Ports"),),
        )
    stories = {
        "whole": make_whole_story(photos),
        "words": make_article(
            section="World",
            captions=(Caption("Cranes", "AFP"), Caption("Boats by night", "AFP")),
        ),
        "long": make_article(body=f"<p>{SENTENCE * 12}</p>", kind="analysis"),
        "wordy": make_article(
            headline="The harbour reopened, and forty boats came in before noon " * 3,
            standfirst="Ships come in again, and those by the sea count what it took.",
            bylines=("Nida Khan",),
            highlights=(Highlight("One"), Highlight("Two")),
            captions=(Caption("Cranes", "AFP", photos["landscape"]),),
            body=COPY * 4,
        ),
        "portrait": make_article(
            kind="opinion",
            bylines=("Nida Khan",),
            captions=(Caption("A", "B", photos["portrait"]),),
        ),
        "tall": make_article(captions=(Caption("A", "B", photos["tall"]),)),
        "small": make_small_story(),
        "arabic": make_story_in("ar", ARABIC, photos),
        "urdu": make_story_in("ur", URDU, photos),
    }
    lists = {
        "front": "/",
        "all": "/articles/",
        "corrections": "/corrections/",
        "section": "/sections/world/",
        "author": portray("Nida Khan", photos).get_absolute_url(),
        "tag": Tag.objects.get(name="Ports").get_absolute_url(),
        "missing": "/nothing/",
    }
    return lists | {kind: a.get_absolute_url() for kind, a in stories.items()}


def make_photos():
    """Return the name of a photo of each shape."""
    photos = {}
    for shape, size in SHAPES.items():
        photo, _ = save_photo(make_file(size=size), f"{shape}.jpg")
        change_photo(photo, alternative_text=f"A {shape}", focal_x=20, focal_y=80)
        photos[shape] = photo.sha256
    return photos


def portray(name, photos):
    author = Author.objects.get(name=name)
    author.portrait = Photo.objects.get(sha256=photos["portrait"])
    author.biography = f"{name} writes of ports.\n{LONG}\n{ARABIC}"
    author.save()
    return author


def make_small_story():
    """Return a story whose picture is smaller than any of its places."""
    photo, _ = save_photo(make_file(size=(200, 150)), "small.jpg")
    captions = (Caption("A", "B", photo.sha256, key) for key in ("s1", "s2", "s3"))
    body = f"{COPY}<figure data-caption=s2></figure>{COPY}"
    return make_article(NOON - 40 * HOUR, captions=tuple(captions), body=body)


def make_whole_story(photos):
    return make_article(
        NOON + 3 * HOUR,
        headline=f"{LONG} reaches the harbour",
        kicker="After the storm",
        standfirst="Ships come in again, and those by the sea count what it took.",
        bylines=("Nida Khan", "AFP"),
        dateline="PORT AMBER",
        section="World",
        highlights=(Highlight(LONG), Highlight("Two")),
        captions=(
            Caption("Cranes", f"Photo courtesy: {LONG}", photos["landscape"]),
            Caption("Boats", "AFP", photos["portrait"], "kk2"),
            Caption("No picture of this is at hand.", "AFP", "", "kk3"),
            *(Caption(f"The {shape}", "AFP", photos[shape]) for shape in SHAPES),
            Caption("Words among the pictures.", "AFP"),
        ),
        body=f"<p>A <a href='https://example.com/{LONG * 2}'>link</a>: {LONG * 2}</p>"
        f"{COPY * 4}<figure data-caption=kk2></figure><h2>What the sea took</h2>"
        "<ul><li>Cranes</li></ul><ol><li>Boats</li></ol><blockquote><p>A wall.</p>"
        "</blockquote><figure data-caption=kk3></figure><aside><p>How it stood.</p>"
        f"</aside>{COPY * 4}",
        corrections=correct(
            "The wall is nine metres high, not ninety.", f"So is {LONG}."
        ),
        updated=Moment(NOON + 4 * HOUR),
        tags=(TagUse(LONG), TagUse("Ports")),
    )


def make_story_in(language, copy, photos):
    return make_article(
        NOON + 2 * HOUR,
        language=language,
        headline=copy,
        kicker=copy[:20],
        standfirst=copy,
        bylines=("سميرة حداد", "ندى خان"),
        dateline="بورت سوريل",
        section="World",
        highlights=(Highlight(copy), Highlight(copy)),
        captions=(
            Caption(copy, "سميرة حداد", photos["landscape"]),
            Caption(copy, "AFP", photos["portrait"]),
        ),
        body=f"<p>{copy} <em>{copy}</em></p><blockquote><p>{copy}</p></blockquote>"
        f"<ul><li>{copy}</li></ul><p>{copy * 3}</p>",
        corrections=correct(copy),
        tags=(TagUse("موانئ"),),
    )
