"""Forms of the desk that were answered, so that a second click does nothing again."""

from datetime import timedelta

from django.contrib.messages.storage.cookie import MessageDecoder, MessageEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone

KEPT_FOR = timedelta(days=7)


class SentFormQuerySet(models.QuerySet):
    def claim(self, key):
        """Return the row of a form, and whether nobody has answered it yet.

        Call it in the transaction of what the form does: who sends the same form in
        the same moment waits here for its end.
        """
        try:
            with transaction.atomic():
                return self.create(key=key), True
        except IntegrityError:
            return self.get(key=key), False

    def save_answer(self, key, **answer):
        """Keep how a form was answered, whether or not it was claimed before."""
        answered = self.model(key=key, **answer)
        self.bulk_create(
            [answered],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=list(answer),
        )

    def clear_old(self):
        """Delete what nobody will send again, without waiting for who does the same."""
        old = self.filter(sent_at__lt=timezone.now() - KEPT_FOR).order_by()
        free = old.select_for_update(skip_locked=True)
        self.filter(pk__in=free.values("pk")).delete()


class SentForm(models.Model):
    """A form of the desk that was sent and done, and how it was answered.

    The key is made of the form's token and of its words.
    """

    key = models.CharField(max_length=64, unique=True)
    address = models.TextField(blank=True)
    page = models.TextField(blank=True)
    messages = models.JSONField(
        default=list, encoder=MessageEncoder, decoder=MessageDecoder
    )
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        default_permissions = []

    def __str__(self):
        return self.key
