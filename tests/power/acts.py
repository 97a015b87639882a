"""Act on a newspaper, and say in a file of each act when it begins and is answered."""

import json
from hashlib import sha256
from io import StringIO
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from articles.imports import run
from articles.models import Article, ImportRun
from tests.desk.forms import form_values
from tests.desk.pictures import picture, upload

FORM = "/admin/articles/article/{}/change/"
KEEP = "/admin/articles/photo/keep/"
# What the database is asked, once an act was answered: each counts rows.
REVISIONS = """SELECT count(*) FROM articles_revision
    WHERE article_id = {} AND number = {} AND instr(story, '{}') > 0"""
PHOTOS = "SELECT count(*) FROM articles_photo WHERE sha256 = '{}'"
FILES = "SELECT count(*) FROM articles_sourcefile WHERE sha256 IN ({})"
STORIES = """SELECT count(*) FROM articles_sourcestory JOIN articles_sourcefile AS file
    ON file.id = file_id WHERE sha256 IN ({})"""
RUNS = "SELECT count(*) FROM articles_importrun WHERE id = {} AND {} IS NOT NULL"
SHOWN = (
    "SELECT count(*) FROM articles_article WHERE status = 'published' AND id IN ({})"
)


def main(what, pages, answers):
    if what == "prepare":
        call_command("migrate", verbosity=0)
        User.objects.create_superuser("operator")
        import_pages(pages, "before")
    else:
        with Path(answers).open("ab", buffering=0) as file:
            Acts(pages, file).run()


def import_pages(pages, name):
    call_command("import_articles", f"{pages}/{name}", stdout=StringIO())


class Acts:
    """What an editor and an operator do, one act behind the other."""

    def __init__(self, pages, answers):
        self.pages = pages
        self.answers = answers
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(User.objects.get(username="operator"))
        # So few files of a batch that an import has several.
        run.MOST_FILES = 4

    def run(self):
        for number in range(8):
            self.save(number)
        for colour in ("navy", "teal", "maroon"):
            self.upload(colour)
        for name in ("first", "second", "third"):
            self.save(name)
            self.undo(self.bring(name))

    def save(self, number):
        article = Article.objects.order_by("pk").first()
        url, headline = FORM.format(article.pk), f"Harbour as of save {number}"
        values = form_values(self.client.get(url).text)
        self.say(begins="save")
        response = self.client.post(
            url, values | {"headline": headline, "change": "update"}
        )
        if response.status_code != 302:
            raise SystemExit(f"The story was not saved: {response.text}")
        revision = article.revisions.latest("number")
        self.answer("save", REVISIONS.format(article.pk, revision.number, headline), 1)

    def upload(self, colour):
        data = picture(colour, size=(700, 500))
        self.say(begins="upload")
        response = self.client.post(KEEP, {"file": upload(data)})
        if not response.json().get("isNew"):
            raise SystemExit(f"The photo was not kept: {response.text}")
        self.answer("upload", PHOTOS.format(sha256(data).hexdigest()), 1)

    def bring(self, name):
        self.say(begins="import")
        import_pages(self.pages, name)
        run = ImportRun.objects.latest("pk")
        files = [path.read_bytes() for path in Path(self.pages, name).iterdir()]
        hashes = ", ".join(f"'{sha256(data).hexdigest()}'" for data in files)
        self.answer("import", FILES.format(hashes), len(files))
        self.answer("import", STORIES.format(hashes), 2 * len(files))
        self.answer("import", RUNS.format(run.pk, "finished_at"), 1)
        return run

    def undo(self, run):
        brought = Article.objects.filter(revisions__number=1, revisions__run=run)
        articles = ", ".join(str(article.pk) for article in brought)
        self.say(begins="undo")
        call_command("undo_import", str(run.pk), stdout=StringIO())
        self.answer("undo", RUNS.format(run.pk, "undone_at"), 1)
        self.answer("undo", SHOWN.format(articles), 0)

    def answer(self, act, question, count):
        self.say(answered=act, question=question, count=count)

    def say(self, **what):
        self.answers.write(json.dumps(what).encode() + b"\n")
