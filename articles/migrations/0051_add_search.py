import django.db.models.deletion
from django.db import migrations, models

# On SQLite an index of its own over the table's columns, which triggers keep.
TEXTS = ("heading", "lead", "captions", "body", "fields")
COLUMNS = ", ".join(TEXTS)
OLD, NEW = (", ".join(f"{row}.{name}" for name in TEXTS) for row in ("old", "new"))
INDEX = "INSERT INTO articles_searchindex"
DELETE = f"{INDEX} (articles_searchindex, rowid, {COLUMNS})"
DELETE += f" VALUES ('delete', old.id, {OLD});"
INSERT = f"{INDEX} (rowid, {COLUMNS}) VALUES (new.id, {NEW});"
SQLITE = [
    f"""CREATE VIRTUAL TABLE articles_searchindex USING fts5(
        {COLUMNS}, content='articles_searchtext', content_rowid='id', columnsize=0,
        tokenize="ascii tokenchars '&=.'")""",
    f"""CREATE TRIGGER searchtext_inserted AFTER INSERT ON articles_searchtext
        BEGIN {INSERT} END""",
    f"""CREATE TRIGGER searchtext_deleted AFTER DELETE ON articles_searchtext
        BEGIN {DELETE} END""",
    f"""CREATE TRIGGER searchtext_updated AFTER UPDATE ON articles_searchtext
        BEGIN {DELETE} {INSERT} END""",
]
# On PostgreSQL a column that says which words are in any of the others.
WORDS = " || ".join(f"string_to_array({name}, ' ')" for name in TEXTS)
POSTGRESQL = [
    f"""ALTER TABLE articles_searchtext ADD COLUMN words tsvector
        GENERATED ALWAYS AS (array_to_tsvector({WORDS})) STORED""",
    "CREATE INDEX search_words ON articles_searchtext USING gin (words)",
]


def add_index(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("inserted", "deleted", "updated"):
            schema_editor.execute(f"DROP TRIGGER searchtext_{event}")
        schema_editor.execute("DROP TABLE articles_searchindex")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0050_fill_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=35)),
                ("heading", models.TextField()),
                ("lead", models.TextField()),
                ("captions", models.TextField()),
                ("body", models.TextField()),
                ("fields", models.TextField()),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_text",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "words for search",
                "verbose_name_plural": "words for search",
                "indexes": [models.Index(fields=["language"], name="search_language")],
            },
        ),
        migrations.RunPython(add_index, remove_index),
    ]
