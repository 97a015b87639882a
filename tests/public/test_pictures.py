"""What a page tells a browser of a picture."""

import pytest

from articles.models import Photo
from articles.story.story import Caption
from tests.builders import HOUR, NOON, make_article, make_photo, make_section
from tests.public.reading import text_of

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPES = ("image/avif", "image/webp", "image/jpeg")


def photo_with_sizes(name="a1", width=1800, height=1200):
    """Return a photo that has two sizes of each type."""
    renditions = [
        {
            "type": media_type,
            "width": size,
            "height": size * 2 // 3,
            "name": f"{name}/{size:0<32}.{media_type[6:]}",
            "use": "page",
        }
        for media_type in TYPES
        for size in (480, 960)
    ]
    photo = make_photo(
        name,
        width,
        height,
        alternative_text=f"Alternative {name}",
        renditions=renditions,
    )
    return photo.sha256


def test_browser_takes_the_best_type_and_size_it_knows(see):
    article = make_article(captions=(Caption("Cranes", photo=photo_with_sizes()),))
    picture = see(article.get_absolute_url()).select_one(".figure picture")
    sources = picture.select("source")
    assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
    assert sources[0]["srcset"] == (
        "/media/a1AAAAAASAAAAAAA.avif 480w, /media/a1AAAAAAlgAAAAAA.avif 960w"
    )
    # Of the type for older browsers there is one, and nothing to choose.
    assert sources[1]["srcset"] == "/media/a1AAAAAASAAAAAAA.webp"
    assert [source.get("sizes", "") != "" for source in sources] == [True, False]
    image = picture.img
    assert "srcset" not in image.attrs
    assert image["src"] == "/media/a1AAAAAAlgAAAAAA.jpeg"
    # Half as large again as it is: its style lets it be no wider than these say.
    assert (image["width"], image["height"]) == ("2700", "1800")
    assert image["alt"] == "Alternative a1"


def test_thumbnails_are_squares_on_a_phone_and_no_slot_takes_a_wider_file(see):
    make_section()
    photo = photo_with_sizes()
    square = {"type": "image/avif", "width": 320, "height": 320, "use": "square"}
    row = Photo.objects.get()
    row.renditions.append(square | {"name": f"a1/{320:0<32}.avif"})
    row.renditions.append(
        row.renditions[0] | {"width": 1280, "name": f"a1/{99:0<32}.avif"}
    )
    row.save()
    for n in range(20):
        make_article(
            NOON - n * HOUR, section="World", captions=(Caption("A", "", photo),)
        )
    lead, *_, small = see("/").select("main picture")
    assert not lead.select("source[media]")
    assert "1280w" in lead.source["srcset"]
    thumbnail, wide, _webp = small.select("source")
    assert thumbnail["media"] == "(width < 40rem)"
    assert (thumbnail["srcset"][-4:], thumbnail["sizes"]) == ("320w", "6.5rem")
    assert "media" not in wide.attrs
    assert wide["srcset"].endswith("480w")


def test_a_picture_of_a_gallery_is_as_wide_as_its_height_makes_it(see):
    heads = [
        Caption("A", photo=photo_with_sizes()),
        Caption("B", photo=photo_with_sizes("b1", 800, 1000)),
    ]
    page = see(make_article(captions=tuple(heads)).get_absolute_url())
    source = page.select_one(".gallery source")
    assert source["sizes"] == "min(84vw, 0.8 * clamp(15rem, 40vw, 26rem))"


def test_a_caption_without_a_credit_shows_that_of_its_photo(see):
    photo = photo_with_sizes()
    Photo.objects.update(credit="Harbour Desk")
    captions = (
        Caption("Cranes", photo=photo),
        Caption("", photo=photo, key="b"),
        Caption("Boats", "AFP", photo, "c"),
        Caption("Nets", key="d"),
    )
    page = see(make_article(captions=captions).get_absolute_url())
    assert [f.get_text(" ", strip=True) for f in page.select(".figure")] == [
        "Cranes ( Harbour Desk )",
        "( Harbour Desk )",
        "Boats ( AFP )",
        "Nets",
    ]


def test_only_the_lead_is_hurried_and_what_lies_below_waits(see):
    make_section()
    photo = photo_with_sizes()
    head = (Caption("A", photo=photo), Caption("B", photo=photo))
    for n in range(20):
        make_article(NOON - n * HOUR, section="World", captions=head)
    article = make_article(
        NOON + HOUR,
        captions=(*head, Caption("C", photo=photo, key="k2")),
        body="<p>A</p><figure data-caption=k2></figure>",
    )
    for address in ("/", "/sections/world/", article.get_absolute_url()):
        first, *others = see(address).select("main img")
        assert first["fetchpriority"] == "high"
        assert "loading" not in first.attrs
        assert not any("fetchpriority" in image.attrs for image in others)
        waiting = [image for image in others if image.get("loading") == "lazy"]
        assert waiting
        assert len(others) - len(waiting) <= 2


def test_first_caption_with_a_picture_leads(see):
    photo = photo_with_sizes()
    captions = (Caption("Words"), Caption("Picture", photo=photo), Caption("More"))
    page = see(make_article(captions=captions).get_absolute_url())
    assert text_of(page, ".figure--lead") == ["Picture"]
    assert not page.select(".gallery")
    assert text_of(page, ".missing li") == ["Words", "More"]


def test_captions_without_a_picture_end_the_story_with_their_credits_in_brackets(see):
    captions = (Caption("Words", "AFP"), Caption("More", key="k2"), Caption("", "AP"))
    body = "<p>A</p><figure data-caption=k2></figure><p>B</p>"
    page = see(make_article(captions=captions, body=body).get_absolute_url())
    assert not page.select("main img, .figure--lead, .gallery")
    assert text_of(page, ".body > *") == ["A", "B"]
    section = page.select_one(".body ~ .missing")
    assert section.h2.get_text() == "Pictures not at hand"
    assert [li.get_text("", strip=True) for li in section.select("li")] == [
        "Words(AFP)",
        "More",
        "(AP)",
    ]


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((1200, 1800), "portrait"),
        ((1800, 600), "panorama"),
        ((1800, 1200), "landscape"),
    ],
)
def test_figure_is_set_by_the_shape_of_its_picture(see, size, shape):
    photo = photo_with_sizes("a1", *size)
    page = see(make_article(captions=(Caption("A", photo=photo),)).get_absolute_url())
    assert page.select(f".figure--lead.figure--{shape}")


def test_card_shows_the_picture_of_the_head_before_one_of_the_body(see):
    captions = (
        Caption("Body", photo=photo_with_sizes("body"), key="k2"),
        Caption("Words"),
        Caption("Head", photo=photo_with_sizes("head")),
    )
    body = "<p>A</p><figure data-caption=k2></figure>"
    article = make_article(captions=captions, body=body)
    assert see("/").select_one(".card img")["alt"] == "Alternative head"
    assert article.card_photo.sha256 == "head"
    body_only = make_article(NOON + HOUR, captions=captions[:2], body=body)
    assert body_only.card_photo.sha256 == "body"
    assert make_article(captions=(Caption("Words"),)).card_photo is None
