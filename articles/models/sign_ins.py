from django.db import models


class SignInCount(models.Model):
    """How many sign-ins failed lately for an account, from an address, or for both.

    The key is a keyed hash: the table tells nobody who tried from where.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)
    succeeded_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.key[:8]}: {self.failures}"
