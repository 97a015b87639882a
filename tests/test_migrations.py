"""What a migration once did to rows it does to them for ever."""

import json
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from articles.models import (
    Article,
    Author,
    Byline,
    Conflict,
    FormerAddress,
    Tag,
    Tagging,
)
from articles.store import Change, read, write
from articles.story.merge import from_data
from articles.story.story import TagUse, from_json, tidy
from tests.builders import HOUR, NOON, make_article

keys_of = import_module("articles.migrations.0006_add_match_keys").keys_of

BODY = """\
<p>The harbour <strong>reopened</strong> at <em>noon</em>, <a href="/articles/">as \
told</a> &amp; so<br>“ships” waited for ten hours outside.</p>
<figure data-caption="6pyw23"></figure>
<h2>Why</h2>
<ul><li><p>First gate</p></li><li><p>Second</p></li></ul>
<blockquote><p>Crème de la Türkiye, the pilot said of it: ½ a day.</p></blockquote>"""
ARABIC = "<p>قال المبعوث إن المِيناءَ مفتوح اليوم في كلّ ساعة من الزمن ١٢</p>"
LONG = "\n".join(f"<p>{line}{' and so on' * 900}</p>" for line in range(20))

STORED = {
    "page.txt": [
        -5124771465342262712,
        -1791681491349088088,
        -70244542176421075,
        123463561567643805,
        3052681949123439767,
        5933132274541741160,
        6898140085281191781,
        7200292833316943387,
        8710578611493975329,
    ],
    "ميناء/صفحة.txt": [
        -8941631154125220951,
        -2728559698563699687,
        -2618426723784267357,
        -1065897926236691376,
        3737324122366531522,
        3869062742403166002,
        5722662396783094648,
        8841219304058299955,
    ],
    "no-headline.txt": [
        -7582274041247349372,
        -5124771465342262712,
        -1791681491349088088,
        -70244542176421075,
        3052681949123439767,
        4297129135102358674,
        5933132274541741160,
        6898140085281191781,
        8710578611493975329,
    ],
    "picture.txt": [
        -9100075735020434361,
        1305949594438609274,
        3182777175928136761,
    ],
    "nothing.txt": [
        -8102358222556290949,
        -7779104074843133076,
    ],
    "long.txt": [
        -8063458272109575082,
        -6122004592550485445,
        -4783447540518849474,
        277553663111779368,
        888086563872953027,
        3012359617013001794,
        4147965113396183725,
        6992680649713259765,
        8442924055384523074,
    ],
}


@pytest.mark.parametrize(
    ("name", "position", "story"),
    [
        ("page.txt", 1, {"headline": "Harbour ‘Reopens’  at Noon", "body": BODY}),
        ("ميناء/صفحة.txt", 12, {"headline": "كابل: المبعوث", "body": ARABIC}),
        ("no-headline.txt", 2, {"body": BODY}),
        ("picture.txt", 3, {"captions": [{"text": "Gulls"}, {"text": "A crane"}]}),
        ("nothing.txt", 4, {}),
        ("long.txt", 5, {"headline": "Long", "body": LONG}),
    ],
)
def test_keys_are_those_that_were_stored(name, position, story):
    story = {"headline": "", "body": "", "captions": []} | story
    assert sorted(keys_of(name, position, story)) == STORED[name]


fold_names = import_module("articles.migrations.0020_fold_names_alike")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Gaza", "gaza"),
        ("  Café  NOIR ", "cafe noir"),
        ("Cafe\u0301", "cafe"),
        ("Ｇａｚａ", "gaza"),
        ("O’Neill “Jo”", 'o\'neill "jo"'),
        ("كراچي", "کراچی"),
        ("\u200fغزة\u2069", "غزہ"),
        ("\u200b \u202e", ""),
    ],
)
def test_names_fold_as_they_were_folded(name, folded):
    assert fold_names.fold_name(name) == folded


@pytest.fixture(scope="module")
def apps_then():
    """The models as the migration meets them, without methods of ours."""
    before = ("articles", "0019_note_files_of_erasures")
    state = MigrationLoader(None).project_state(before)
    # The column has another name since, and says the same of these rows.
    fields = state.models["articles", "tag"].fields
    # The migrations themselves have the same field, and other tests run them.
    fields["is_in_navigation"] = fields["is_in_navigation"].clone()
    fields["is_in_navigation"].db_column = "is_section"
    return state.apps


def old_tag(name, **values):
    """Return a tag as it was stored when an accent made another name of it."""
    slug = f"slug-{Tag.objects.count()}"
    Tag.objects.bulk_create([Tag(name=name, folded=name.lower(), slug=slug, **values)])
    return Tag.objects.get(name=name)


def old_author(name):
    row = Author(name=name, folded=name.lower(), slug=f"slug-{Author.objects.count()}")
    Author.objects.bulk_create([row])
    return Author.objects.get(name=name)


@pytest.mark.django_db
def test_twins_become_one_tag_and_no_story_loses_it(apps_then):
    section = old_tag("CAFÉ", is_section=True, aliases="Coffee")
    twin = old_tag("Cafe", description="Where it is drunk.", aliases="Tea")
    suggested, chosen = old_tag("Zoe"), old_tag("Zoë")
    unseen = old_tag("\u200f")
    articles = [make_article() for _ in range(3)]
    for tag, article, put_by in (
        (section, 0, "suggestion"),
        (twin, 0, "import"),
        (twin, 1, "dismissed"),
        (suggested, 1, "suggestion"),
        (chosen, 2, "editor"),
        (unseen, 2, "editor"),
    ):
        Tagging.objects.create(
            tag=tag, content_object=articles[article], put_by=put_by, listed_at=NOON
        )
    Article.objects.filter(pk=articles[2].pk).update(section=twin)
    fold_names.fold_names(apps_then, None)
    assert dict(Tag.objects.values_list("name", "folded")) == {
        "CAFÉ": "cafe",
        "Zoë": "zoe",
    }
    kept = Tag.objects.get(name="CAFÉ")
    assert (kept.aliases, kept.description) == ("Coffee\nTea", "Where it is drunk.")
    assert [read.story(article.pk).tags for article in articles] == [
        (TagUse("CAFÉ", "import"),),
        (TagUse("CAFÉ", "dismissed"), TagUse("Zoë", "suggestion")),
        (TagUse("Zoë", "editor"),),
    ]
    assert read.story(articles[2].pk).section == "CAFÉ"


put_in_menu = import_module("articles.migrations.0030_put_sections_in_menu")


@pytest.mark.django_db
def test_section_that_had_left_the_menu_is_one_again_and_back_is_as_before():
    before = ("articles", "0029_part_sections_from_menu")
    apps_before = MigrationLoader(None).project_state(before).apps
    shown = old_tag("World", is_section=True)
    left, _tag = old_tag("Harbour"), old_tag("Gaza")
    Article.objects.filter(pk=make_article(status="draft").pk).update(section=left)
    put_in_menu.put_in_menu(apps_before, None)
    assert [*Tag.objects.sections()] == [shown, left]
    assert [*Tag.objects.in_menu()] == [shown]
    put_in_menu.let_menu_be_all_sections(apps_before, None)
    assert [*Tag.objects.sections()] == [shown]


write_slugs = import_module("articles.migrations.0036_write_slugs_in_their_script")


@pytest.mark.django_db
def test_slugs_get_their_script_back_and_lead_there_from_the_old_ones():
    slugs = {
        "غزة": ("tag-34cmbz", "غزة"),
        "Москва 2024": ("2024", "москва-2024"),
        "น้ำท่วม": ("tag", "น้ำท่วม"),
        "غزة؟": ("tag-7kq2mx", "غزة-7kq2mx"),
        "Café": ("cafe", "cafe"),
        "بيروت": ("beirut", "beirut"),
    }
    for name, (old, _) in slugs.items():
        Tag.objects.create(name=name, slug=old)
    write_slugs.write_slugs(apps, None)
    assert dict(Tag.objects.values_list("name", "slug")) == {
        name: new for name, (_, new) in slugs.items()
    }
    led = FormerAddress.objects.values_list("path", "tag__name")
    assert ("/tags/tag-34cmbz", "غزة") in led
    assert ("/sections/2024", "Москва 2024") in led
    assert len(led) == 8
    write_slugs.write_slugs_as_before(apps, None)
    assert dict(Tag.objects.values_list("name", "slug")) == {
        name: old for name, (old, _) in slugs.items()
    }


fill_author_pages = import_module("articles.migrations.0041_fill_author_pages")


@pytest.mark.django_db
def test_authors_get_addresses_and_their_lists():
    names = ["Nida Khan", "NIDA-KHAN", "نِدى خان", "สมชาย", "★", "☆"]
    article = make_article(bylines=tuple(names))
    draft = make_article(bylines=("Nida Khan",), status="draft")
    authors = [row.author for row in article.bylines.all()]
    expected = [row.slug for row in authors]
    for author in authors:
        Author.objects.filter(pk=author.pk).update(slug=f"-{author.pk}")
    Byline.objects.update(listed_at=None)
    fill_author_pages.give_slugs(apps, None)
    fill_author_pages.fill_listed_at(apps, None)
    slugs = [*Author.objects.order_by("pk").values_list("slug", flat=True)]
    assert len(set(slugs)) == len(names)
    assert {"nida-khan", "نِدى-خان", "สมชาย", "author"} <= set(slugs) & {
        *expected,
        "author",
    }
    assert {row.listed_at for row in article.bylines.all()} == {NOON}
    assert draft.bylines.get().listed_at is None


@pytest.mark.django_db
def test_twins_become_one_author_and_bylines_stay_as_printed(apps_then):
    jose, twin = old_author("José"), old_author("Jose")
    first, second = make_article(), make_article()
    for position, author in enumerate((jose, twin), 1):
        author.bylines.create(article=first, position=position, text=author.name)
    twin.bylines.create(article=second, position=1, text="Jose")
    fold_names.fold_names(apps_then, None)
    assert list(Author.objects.values_list("name", "folded")) == [("José", "jose")]
    assert read.story(first.pk).bylines == ("José",)
    assert read.story(second.pk).bylines == ("Jose",)


date_corrections = import_module("articles.migrations.0048_date_corrections")


def old_revisions(article, *texts):
    """Give an article revisions as they were when a correction was lines of a text."""
    values = json.loads(article.revisions.get().story)
    del values["corrections"]
    article.revisions.all().delete()
    for number, text in enumerate(texts, 1):
        story = json.dumps(values | {"correction": text}, ensure_ascii=False)
        made_at = NOON + number * HOUR
        article.revisions.create(number=number, story=story, made_at=made_at)
    Article.objects.filter(pk=article.pk).update(
        corrections=texts[-1], revision=len(texts)
    )


@pytest.mark.django_db
def test_lines_of_a_correction_are_dated_by_their_revisions_and_back_are_lines():
    article, other = make_article(), make_article()
    texts = ["", "“One”", "“One”\nTwo", "Zwei\n“One”"]
    old_revisions(article, *texts)
    old_revisions(other, "")
    sides = {"base": "", "ours": "“One”\nTwo", "theirs": "Three"}
    Conflict.objects.create(article=article, what="correction", thing="", **sides)
    date_corrections.date_corrections(apps, None)
    told = [(c.note, c.at) for c in read.story(article.pk).corrections]
    assert told == [("“One”", NOON + 2 * HOUR), ("Zwei", NOON + 4 * HOUR)]
    pasts = [from_json(row.story) for row in article.revisions.order_by("number")]
    assert pasts[-1] == tidy(pasts[-1]) == read.story(article.pk)
    assert [[c.at for c in past.corrections] for past in pasts[1:3]] == [
        [NOON + 2 * HOUR],
        [NOON + 2 * HOUR, NOON + 3 * HOUR],
    ]
    assert [row.code for row in read.corrected().articles] == [article.code]
    conflict = Conflict.objects.get()
    assert from_data(conflict.what, conflict.base) is None
    assert from_data(conflict.what, conflict.theirs).note == "Three"
    assert read.story(other.pk) == from_json(other.revisions.get().story)
    write([Change(read.story(other.pk), other.pk)], by=None)
    date_corrections.join_corrections(apps, None)
    article.refresh_from_db()
    assert article.corrections == "“One”\nZwei"
    stored = [json.loads(row.story) for row in article.revisions.order_by("number")]
    assert [story["correction"] for story in stored] == [*texts[:3], "“One”\nZwei"]
    assert not any("corrections" in story for story in stored)
    assert Conflict.objects.values_list("what", "base", "ours", "theirs").get() == (
        "correction",
        "",
        "“One” Two",
        "Three",
    )


fill_changes = import_module("articles.migrations.0050_fill_changes")


@pytest.mark.django_db
def test_story_changed_when_its_newest_revision_was_made():
    article = make_article()
    later = NOON + 9 * HOUR
    change = Change(replace(read.story(article.pk), kicker="Ports"), article.pk)
    write([change], by=None, now=later)
    Article.objects.update(changed_at=None)
    fill_changes.fill_changes(apps, None)
    article.refresh_from_db()
    assert article.changed_at == later
