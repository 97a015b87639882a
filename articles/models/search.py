"""What search reads of articles."""

from django.db import models


class SearchText(models.Model):
    """The words of an article, folded and cut to their stems, by how much they say.

    `articles.store.search` alone writes it, with the article. The database keeps an
    index of all its columns: SQLite by triggers the table `articles_searchindex`,
    PostgreSQL the column `words`; models know neither (migration 0051).
    """

    # The moment of publication, then the article: newest first is the order of ids.
    id = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField(
        "Article", models.CASCADE, related_name="search_text"
    )
    language = models.CharField(max_length=35)
    heading = models.TextField()
    lead = models.TextField()
    captions = models.TextField()
    body = models.TextField()
    # Words of one field alone, each behind its field: `b=khan` for a byline.
    fields = models.TextField()

    class Meta:
        verbose_name = "words for search"
        verbose_name_plural = "words for search"
        # Which languages there are is asked by each search.
        indexes = [models.Index(fields=["language"], name="search_language")]

    def __str__(self):
        return f"words of {self.article_id}"
