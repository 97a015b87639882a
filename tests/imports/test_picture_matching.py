"""Which caption a picture belongs to, and what is left in doubt."""

import pytest
from django.utils import timezone

from articles.imports.picture_matching import index_captions, match_captions, slug
from articles.models import SourceFile, SourceStory
from articles.store import import_runs, read
from articles.story.story import Caption, to_json
from tests.builders import make_article

pytestmark = pytest.mark.django_db

GULLS = "Gulls rest on the quay of Port Sorrel before the storm."
FERRY = "The last ferry of the year leaves for the outer islands"


def caption_article(*texts, credit="", **parts):
    captions = tuple(Caption(text, credit) for text in texts)
    return make_article(captions=captions, **parts)


def places(name="x.jpg", caption="", credit=""):
    """Return the texts of the captions a picture belongs to, and the doubt if any."""
    found = match_captions(name, caption, credit, index_captions())
    return found and ([place.text for place in found.places], found.doubt)


def sure(*texts):
    return list(texts), ""


def import_from(name, *articles):
    """Say that the articles came from a source file of this name."""
    file = SourceFile.objects.create(
        name=name,
        sha256=f"{SourceFile.objects.count():064}",
        encoding="utf-8",
        parser_version=1,
        content=b"",
        run=import_runs.begin_run(timezone.now()),
    )
    for position, article in enumerate(articles, start=1):
        SourceStory.objects.create(
            file=file,
            position=position,
            article=article,
            outcome="created",
            first_line=1,
            last_line=2,
            story=to_json(read.story(article.pk)),
            pieces=[],
        )


# 1. Embedded words


@pytest.mark.parametrize(
    "said",
    [
        GULLS,
        GULLS.upper(),
        f"  {GULLS[:-1]}\u00a0",
        GULLS.replace(" rest ", " \n rest "),
    ],
)
def test_embedded_words_are_the_caption_s_whatever_their_dress(said):
    caption_article(GULLS, FERRY)
    assert places(caption=said) == sure(GULLS)


def test_embedded_words_come_before_the_file_s_name():
    article = caption_article(FERRY, headline="Storm nears")
    caption_article(GULLS)
    assert places(f"{article.code}.jpg", caption=GULLS) == sure(GULLS)


def test_a_story_s_other_words_are_no_caption():
    caption_article(FERRY, standfirst=GULLS)
    assert places(caption=GULLS) is None


# 2. The file's name


def test_a_file_may_be_named_by_the_caption_s_key():
    article = caption_article(GULLS, FERRY)
    key = article.captions.last().key
    assert places(f"{key}.jpg") == sure(FERRY)
    assert places(f"{article.code.upper()}-{key}.jpg") == sure(FERRY)


@pytest.mark.parametrize("name", ["{}.jpg", "deep/{}.JPG", "{} (1).png", "{}_01.webp"])
def test_a_file_may_be_named_by_the_article_s_code(name):
    article = caption_article(GULLS)
    assert places(name.format(article.code)) == sure(GULLS)


def test_a_number_says_which_caption_of_the_article():
    article = caption_article(GULLS, FERRY)
    assert places(f"{article.code}-2.jpg") == sure(FERRY)
    assert places(f"{article.code}-02.jpg") == sure(FERRY)
    assert places(f"{article.code}-3.jpg")[1] == "there is no caption number 3"


def test_a_code_without_a_number_is_in_doubt_where_captions_are_several():
    article = caption_article(GULLS, FERRY)
    texts, doubt = places(f"{article.code}.jpg")
    assert texts == [GULLS, FERRY]
    assert doubt == "the name fits several captions"


@pytest.mark.parametrize(
    "name",
    [
        "Gulls rest on the quay of Port Sorrel before the storm.jpg",
        "gulls_rest_on_the_quay_of_port_sorrel_before_the_storm.jpg",
        "a/b/Gulls-Rest-On-The-Quay-Of-Port-Sorrel-Before-The-Storm..jpg",
    ],
)
def test_a_file_may_be_named_by_the_caption_s_words(name):
    caption_article(GULLS, FERRY)
    assert places(name) == sure(GULLS)


def test_words_of_a_long_caption_may_be_cut_as_an_address_is():
    long = f"{GULLS[:-1]} that nobody in the town had seen coming on that morning"
    caption_article(long, FERRY)
    assert places(f"{slug(long)}.jpg") == sure(long)


def test_the_first_words_of_a_caption_may_name_a_file():
    caption_article(GULLS, FERRY)
    assert places("gulls-rest-on-the-quay.jpg") == sure(GULLS)
    assert places("the-last-ferry-of-the-year.jpg") == sure(FERRY)


@pytest.mark.parametrize("name", ["gulls-rest.jpg", "gulls-rest-on-the-qu.jpg"])
def test_too_few_or_broken_words_are_no_beginning(name):
    caption_article(GULLS, FERRY)
    found = places(name)
    assert found is None or found[1]


def test_words_that_several_captions_begin_with_are_in_doubt():
    other = GULLS.replace("Port Sorrel", "the island")
    caption_article(GULLS, other)
    texts, doubt = places("gulls-rest-on-the-quay-of.jpg")
    assert set(texts) == {GULLS, other}
    assert doubt == "several captions begin like this"


def test_long_captions_that_differ_only_behind_the_cut_are_in_doubt():
    long = f"{GULLS[:-1]} that nobody in the town had seen coming on that morning"
    caption_article(f"{long} in March", f"{long} in May")
    assert places(f"{slug(long)}.jpg")[1] == "several captions begin like this"


def test_arabic_words_name_a_file_like_any_others():
    arabic = "ميناء المدينة يفتح أبوابه بعد العاصفة"
    caption_article(arabic, FERRY)
    assert places(f"{arabic}.jpg") == sure(arabic)


def test_a_file_may_be_named_by_the_headline():
    caption_article(GULLS, headline="Storm nears: harbour shut")
    assert places("storm-nears-harbour-shut.jpg") == sure(GULLS)


def test_a_headline_of_two_stories_is_in_doubt():
    caption_article(GULLS, headline="Storm nears")
    caption_article(FERRY, headline="Storm nears")
    assert places("storm-nears.jpg") == (
        [GULLS, FERRY],
        "several stories have this name",
    )


def test_a_file_may_be_named_by_the_source_file():
    one, two = caption_article(GULLS), caption_article(FERRY)
    import_from("folder/Page One.txt", one, two)
    assert places("page-one-1.jpg") == sure(GULLS)
    assert places("page-one-2.jpg") == sure(FERRY)
    assert places("page-one.jpg")[1] == "the name fits several captions"


def test_a_name_that_two_source_files_have_is_in_doubt():
    import_from("a/page.txt", caption_article(GULLS))
    import_from("b/page.txt", caption_article(FERRY))
    assert places("page.jpg")[1] == "several stories have this name"


def test_embedded_words_settle_the_doubt_that_a_name_leaves():
    article = caption_article(GULLS, FERRY)
    near = FERRY.replace("leaves", "left")
    assert places(f"{article.code}.jpg", caption=near) == sure(FERRY)


def test_words_that_lead_elsewhere_settle_no_doubt_of_a_name():
    article = caption_article(GULLS, "Another caption altogether, of this article")
    caption_article(FERRY)
    near = FERRY.replace("leaves", "left")
    assert places(f"{article.code}.jpg", caption=near)[1]


# 3. Likeness


def test_words_nearly_the_same_are_the_caption_s():
    caption_article(GULLS, FERRY)
    assert places(caption=GULLS.replace("rest", "resting")) == sure(GULLS)


def test_words_only_alike_are_in_doubt_with_their_candidates():
    caption_article(GULLS, FERRY)
    texts, doubt = places(caption="Gulls on a quay in Port Sorrel after the storm")
    assert texts == [GULLS]
    assert doubt == "the words are similar, but not the same"


def test_two_captions_as_near_are_in_doubt():
    other = GULLS.replace("before", "behind")
    caption_article(GULLS, other)
    texts, doubt = places(caption=GULLS.replace("before", "beyond"))
    assert set(texts) == {GULLS, other}
    assert doubt


def test_another_number_is_another_picture():
    caption_article("The harbour master shuts gate 3 of the old dock")
    assert places(caption="The harbour master shuts gate 5 of the old dock")[1]


def test_likeness_of_few_words_says_nothing():
    caption_article("Gulls in flight")
    assert places(caption="Gulls in flights")[1]


@pytest.mark.parametrize("name", ["IMG_1234.jpg", "DSC00017.JPG", ".jpg", "💥.png"])
def test_a_camera_s_name_says_nothing(name):
    caption_article(GULLS, FERRY)
    assert places(name) is None


# Captions that read alike


def test_captions_that_read_alike_in_several_stories_are_one_picture():
    caption_article(GULLS, credit="Harbour Agency")
    caption_article(GULLS, credit="Harbour agency")
    assert places(caption=GULLS) == sure(GULLS, GULLS)


def test_the_picture_s_credit_chooses_among_captions_that_read_alike():
    caption_article(GULLS, credit="Harbour Agency")
    other = caption_article(GULLS, credit="Island Press")
    assert places(caption=GULLS)[1] == (
        "the captions are alike, but their credits differ"
    )
    found = match_captions("x.jpg", GULLS, "Island Press", index_captions())
    assert [place.article for place in found.places] == [other.code]


def test_few_words_in_several_stories_are_in_doubt():
    caption_article("File photo", credit="Harbour Agency")
    assert places(caption="File photo") == sure("File photo")
    caption_article("File photo", credit="Harbour Agency")
    assert places(caption="File photo")[1]


def test_all_captions_are_read_in_two_statements(django_assert_num_queries):
    for number in range(5):
        caption_article(f"{GULLS} {number}", FERRY)
    with django_assert_num_queries(2):
        assert len(index_captions().places) == 10
