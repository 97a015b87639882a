"""Make a small newspaper to whose stories everything happens that can happen to one."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.sessions.models import Session
from django.utils import timezone

from articles.imports.pictures import import_pictures
from articles.imports.run import import_sources
from articles.imports.stories import ImportOptions
from articles.imports.undo import undo_run
from articles.models import Article, Conflict, Doubt, ImportRun, Photo, Suspicion, Tag
from articles.store import Change, edition, questions, write
from articles.store.erasing import erase
from articles.store.photos import change_photo, save_photo, withdraw_photo
from articles.store.questions import settle_conflicts
from articles.store.rows import give_slugs
from articles.story.moment import Moment
from articles.story.story import Caption, Highlight, Story, TagUse
from articles.story.text import fold_name
from tests.desk.accounts import ROLES, client_of, make_account
from tests.desk.conftest import Desk
from tests.desk.pictures import picture
from tests.desk.stories import BODY

SOURCES = Path(__file__).with_name("sources")
CRAWLED_AT = datetime(2025, 4, 20, 8, 30, tzinfo=UTC)
NOON = datetime(2025, 4, 19, 12, tzinfo=UTC)
FAR = datetime(2999, 1, 1, 12, tzinfo=UTC)
IN_CITY = ImportOptions(tags=("City", "Ports"))


def make():
    people = {role: make_account(role) for role in ROLES}
    make_tags()
    read("first", IN_CITY)
    illustrate()
    edit(Desk(client_of(people["editor"])))
    read("second", IN_CITY)
    decide(people["chief"])
    for folder, options in (
        ("flood", IN_CITY),
        ("rumour", ImportOptions(status="in_review")),
    ):
        read(folder, options)
        undo_run(ImportRun.objects.latest("pk").pk, timezone.now())
    type_in(people["reporter"])
    inquiry = article("Inquiry")
    erase(inquiry.pk, inquiry.revision, people["administrator"], "The court said so.")
    # Nobody is signed in.
    Session.objects.all().delete()


def article(headline):
    return Article.objects.get(headline__startswith=headline)


def read(folder, options):
    return import_sources([SOURCES / folder], options, crawled_at=CRAWLED_AT)


def make_tags():
    sections = {
        "is_section": True,
        "is_in_menu": True,
        "description": "What the city talks about.",
    }
    with edition.transaction():
        for values in (
            {"name": "City", "position": 1, **sections},
            {"name": "Oster Point", "aliases": "Oster\nthe Oster light"},
            {"name": "Rope shed"},
        ):
            tag = Tag(folded=fold_name(values["name"]), **values)
            give_slugs([tag])
            tag.save()
        edition.note_changed({"site"})


def illustrate():
    """Bring a picture to a caption, and keep others beside it."""
    with TemporaryDirectory() as folder:
        words = article("Trams").captions.first().text
        tram = picture("olive", caption=words, creator="Ilse Maran")
        Path(folder, "tram.jpg").write_bytes(tram)
        import_pictures([Path(folder)])
    change_photo(Photo.objects.get(), alternative_text="A tram.", focal_x=20)
    save_photo(picture("teal", headline="The quay"), "quay.jpg")
    withdraw_photo(save_photo(picture("maroon"), "shed.jpg")[0], NOON)


def edit(desk):
    """Correct stories at the desk, some of them where the source will differ."""

    def save(begin, values):
        row = article(begin)
        lists = {name: [value] for name, value in values.items()}
        answer = desk.save(desk.values(row) | lists, row)
        assert answer.status_code == 302, answer.text

    save("Trams", {"headline": "Saltgate Bridge has its trams back"})
    save("Saltgate", {"kicker": "Traffic", "suggestions-dismiss": "Low Harbour"})
    save("Fish market", {"correction": "The shed is not 310 metres long."})
    save("Fish market", {"highlights-1-text": "Rents stay as they are until 2027"})
    save("Keeper", {"status": "withdrawn"})
    save("Harbour choir", {"dismissed": Doubt.objects.to_settle().get().pk})
    save("Port buys", {"suggestions-accept": "Oster Point"})
    desk.save(desk.values() | {"headline": ["Notes for the summer"]})


def decide(chief):
    """Settle one conflict and leave another, and say what a near copy is."""
    settled = Conflict.objects.open().filter(article=article("Fish market"))
    with edition.transaction():
        settle_conflicts([conflict.pk for conflict in settled], "ours", chief)
        questions.decide_suspicions(
            {Suspicion.objects.open().get().pk: "update"}, chief
        )


def type_in(reporter):
    """Write stories that no source has, in every state that a story can be in."""
    photo = Photo.objects.get(original_name="quay.jpg").sha256
    full = {
        "kicker": "Weather",
        "standfirst": "What the storm left.",
        "bylines": ("Ilse Maran", "Bayline Press"),
        "dateline": "OSTER POINT",
        "section": "City",
        "highlights": (Highlight("First gate shut", "h1"), Highlight("ثم فتح", "h2")),
        "captions": (
            Caption("The quay.", "Gazette photo", photo, "lead"),
            Caption('The pier, "at noon".', key="pier"),
            Caption("", "Crane & Co", key="crane"),
        ),
        "body": BODY,
        "tags": (
            TagUse("Rope shed"),
            TagUse("Ports", "import"),
            TagUse("Herring", "suggestion"),
            TagUse("Cider", "dismissed"),
        ),
        "published": Moment(NOON.date(), "estimated"),
        "updated": Moment(NOON.replace(hour=15)),
        "source_short_url": "https://short.example/x",
        "status": "published",
    }
    states = {
        "Storm leaves a crane in the wrong harbour": {},
        "Draft of a story about gulls": {"status": "draft", "published": None},
        "Column on waiting": {"status": "in_review"},
        "Note that nobody wanted": {"status": "binned", "published": None},
        "Tide table for the next century": {"published": Moment(FAR)},
        "Prize for the bridge master": {"embargo_until": FAR},
        "Ice skating on Saturday": {"expires_at": NOON},
        "Letter that was withdrawn": {"status": "withdrawn"},
    }
    stories = [Story(headline=line, **full | own) for line, own in states.items()]
    write([Change(story) for story in stories], by=reporter, why="typed in")
