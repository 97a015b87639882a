from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles.models import Article, Author, Photo
from articles.pictures.share_card import ShareCard
from articles.public.share import locale_of
from articles.store import Change, write
from articles.store.photos import change_photo, save_photo
from articles.story.story import Caption, TagUse
from tests.builders import (
    HOUR,
    NOON,
    make_article,
    make_photo,
    make_section,
    make_story,
)
from tests.pictures.files import make_file

# How a page reads does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def card_of(article):
    return f"/s/{article.code}.png"


@pytest.fixture
def shared(see):
    """Return what other sites are told of a page, each property with its values."""

    def shared(page):
        address = page if isinstance(page, str) else page.get_absolute_url()
        told = {}
        for meta in see(address).select("meta[property]"):
            told.setdefault(meta["property"], []).append(meta["content"])
        return told

    return shared


def stored_name(article, section="", name="Newsroom"):
    print_ = ShareCard(article.headline, section, name).fingerprint
    return f"cards/{print_[:2]}/{print_[2:34]}.png"


def test_the_card_of_a_published_story_is_a_picture(client):
    response = client.get(card_of(make_article()))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "no-cache"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    assert Image.open(BytesIO(response.content)).size == (1200, 630)


def test_head_tells_what_get_tells(client):
    address = card_of(make_article())
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.items()) == dict(get.items())


def test_who_has_the_card_is_told_so_until_the_headline_changes(client):
    article = make_article()
    seen = {"if-none-match": client.get(card_of(article))["ETag"]}
    assert client.get(card_of(article), headers=seen).status_code == 304
    story = make_story(headline="Harbour shut again")
    write([Change(story, article.pk)], by=None, why="test")
    assert client.get(card_of(article), headers=seen).status_code == 200


def test_the_card_is_drawn_once_and_kept(client):
    article = make_article(headline="Drawn once")
    drawn = client.get(card_of(article)).content
    name = stored_name(article)
    with default_storage.open(name) as file:
        assert file.read() == drawn
    kept_at = default_storage.get_modified_time(name)
    assert client.get(card_of(article)).content == drawn
    assert default_storage.get_modified_time(name) == kept_at


def test_a_card_that_was_cut_off_is_drawn_again(client):
    article = make_article(headline="Cut off")
    drawn = client.get(card_of(article)).content
    with default_storage.open(stored_name(article), "wb") as file:
        file.write(drawn[:500])
    assert client.get(card_of(article)).content == drawn
    assert default_storage.size(stored_name(article)) == len(drawn)


def test_the_card_is_shown_where_it_cannot_be_kept(client, settings, tmp_path):
    (tmp_path / "media").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "media"
    assert client.get(card_of(make_article(headline="Disk full"))).status_code == 200


@pytest.mark.parametrize(
    "parts",
    [
        {"status": "draft"},
        {"status": "withdrawn"},
        {"published_at": timezone.now() + HOUR},
        {"embargo_until": timezone.now() + HOUR},
        {"expires_at": NOON},
    ],
)
def test_nobody_sees_the_card_of_a_story_that_is_not_public(client, parts):
    assert client.get(card_of(make_article(**parts))).status_code == 404


@pytest.mark.parametrize("address", ["/s/nothing.png", "/s/.png", "/s/a.jpg"])
def test_what_is_no_card_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_card_is_only_read(client):
    assert client.post(card_of(make_article())).status_code == 405


def test_a_card_asks_the_database_five_times(client, django_assert_num_queries):
    article = make_article(
        captions=tuple(Caption(f"Caption {n}") for n in range(9)),
        tags=tuple(TagUse(f"Tag {n}") for n in range(9)),
    )
    with django_assert_num_queries(5):
        client.get(card_of(article))


def test_other_sites_are_told_what_the_story_is(shared, settings):
    make_section()
    article = make_article(
        section="World",
        tags=(TagUse("Gaza"), TagUse("Storms")),
        bylines=("Nida Khan", "AFP"),
    )
    told = shared(article)
    assert told["og:type"] == ["article"]
    assert told["og:title"] == [article.headline]
    assert told["og:description"] == ["The harbour reopened."]
    assert told["og:url"] == [settings.SITE_URL + article.get_absolute_url()]
    assert told["og:site_name"] == ["Newsroom"]
    assert told["og:locale"] == ["en_US"]
    assert told["article:published_time"] == ["2026-03-14T12:00:00+00:00"]
    authors = [f"{settings.SITE_URL}/authors/{name}/" for name in ("nida-khan", "afp")]
    assert told["article:author"] == authors
    assert told["article:section"] == ["World"]
    assert told["article:tag"] == ["Gaza", "Storms"]


def test_a_headline_with_signs_of_markup_stays_words(shared):
    headline = '"><script>alert(1)</script>'
    assert shared(make_article(headline=headline))["og:title"] == [headline]


@pytest.mark.parametrize(
    ("language", "site", "locale"),
    [
        ("en-gb", "en", "en_GB"),
        ("EN-GB", "en", "en_GB"),
        ("en", "en-gb", "en_GB"),
        ("en", "ar", "en_US"),
        ("ar", "ar", "ar_AR"),
        ("ar-eg", "ar", "ar_EG"),
        ("ur-PK", "en", "ur_PK"),
        ("zh-hant", "en", ""),
        ("en-001", "en", ""),
        ("tlh", "en", ""),
        ("", "en", ""),
    ],
)
def test_a_locale_is_one_that_exists_or_none(settings, language, site, locale):
    settings.LANGUAGE_CODE = site
    assert locale_of(language) == locale


def test_a_story_in_a_language_without_a_locale_tells_none(shared):
    assert "og:locale" not in shared(make_article(language="tlh"))


def test_lists_are_shared_by_the_picture_of_their_first_story(shared, addresses):
    *lists, author, story = addresses
    assert shared(author)["og:type"] == ["profile"]
    card = shared(story)["og:image"]
    for address in lists:
        told = shared(address)
        assert told["og:type"] == ["website"]
        assert told["og:url"][0].endswith(address)
        assert told["og:image"] == card
        assert told["og:image:alt"] == ["Harbour reopens after the storm"]
        assert told["og:locale"] == ["en_US"]
        assert not [name for name in told if name.startswith("article:")]
    assert shared("/sections/world/")["og:title"] == ["World"]
    assert shared("/")["og:title"] == ["Newsroom"]


def test_author_is_shared_by_the_portrait_unless_it_is_withdrawn(shared):
    make_article(bylines=("Nida Khan",))
    cut = {"use": "share", "type": "image/jpeg", "width": 1200, "height": 630}
    photo = make_photo(renditions=[cut | {"name": f"photos/{'a' * 32}.jpg"}])
    Author.objects.update(portrait=photo)
    told = shared("/authors/nida-khan/")
    assert told["og:image"][0].endswith(photo.share["url"])
    assert told["og:image:alt"] == ["Nida Khan"]
    Photo.objects.update(withdrawn_at=NOON)
    assert shared("/authors/nida-khan/")["og:image:type"] == ["image/png"]


def test_an_empty_front_page_is_shared_without_a_picture(shared):
    assert "og:image" not in shared("/")


def test_an_error_is_not_for_sharing(client):
    page = client.get("/nothing/").content.decode()
    assert "og:" not in page
    assert "ld+json" not in page


def test_a_story_without_a_picture_is_shared_by_its_card(shared, client, settings):
    article = make_article(captions=(Caption("A picture not at hand"),))
    told = shared(article)
    assert told["og:image"] == [settings.SITE_URL + card_of(article)]
    assert told["og:image:type"] == ["image/png"]
    assert told["og:image:alt"] == [article.headline]
    size = (told["og:image:width"], told["og:image:height"])
    assert size == (["1200"], ["630"])


def test_a_story_with_a_picture_is_shared_by_it(shared, client, settings):
    photo, _ = save_photo(make_file(size=(800, 500)), "gulls.jpg")
    change_photo(photo, alternative_text="Gulls over a quay")
    told = shared(make_article(captions=(Caption("Gulls", photo=photo.sha256),)))
    (address,) = told["og:image"]
    share = Photo.objects.get().share
    assert address == settings.SITE_URL + share["url"]
    assert told["og:image:type"] == ["image/jpeg"]
    assert told["og:image:width"] == [str(share["width"])]
    assert told["og:image:alt"] == ["Gulls over a quay"]
    path = address.removeprefix(settings.SITE_URL)
    picture = Image.open(BytesIO(client.get(path).getvalue()))
    assert picture.size == (share["width"], share["height"])


def test_a_tag_that_is_only_suggested_is_not_told(shared):
    article = make_article(
        tags=(TagUse("Gaza"), TagUse("Storms", "suggestion"), TagUse("No", "dismissed"))
    )
    assert shared(article)["article:tag"] == ["Gaza"]


def test_a_withdrawn_story_takes_its_card_along(client):
    article = make_article()
    assert client.get(card_of(article)).status_code == 200
    Article.objects.update(status="withdrawn")
    assert client.get(card_of(article)).status_code == 404
