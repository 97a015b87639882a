from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as UnusedTag

from articles.desk.articles import ArticleAdmin
from articles.desk.bin import BinAdmin
from articles.desk.bulk_changes import BulkActionAdmin
from articles.desk.erasing import ErasureAdmin
from articles.desk.people import PersonAdmin
from articles.desk.photos import PhotoAdmin
from articles.desk.questions import ConflictAdmin
from articles.desk.sign_in import SignInForm
from articles.desk.sources import ImportRunAdmin, SourceFileAdmin
from articles.desk.tags import AuthorAdmin, TagAdmin
from articles.models import (
    Article,
    Author,
    BinnedArticle,
    BulkAction,
    Conflict,
    Erasure,
    ImportRun,
    Person,
    Photo,
    SourceFile,
    Tag,
)

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("The desk")
admin.site.login_form = SignInForm

# Its page merges tags of its own kind: with ours it reports success and does nothing.
admin.site.unregister(UnusedTag)
# People have roles, not rights one by one: `articles.store.roles` says which.
admin.site.unregister([User, Group])

admin.site.register(Article, ArticleAdmin)
admin.site.register(BulkAction, BulkActionAdmin)
admin.site.register(BinnedArticle, BinAdmin)
admin.site.register(Conflict, ConflictAdmin)
admin.site.register(Tag, TagAdmin)
admin.site.register(Author, AuthorAdmin)
admin.site.register(Photo, PhotoAdmin)
admin.site.register(Person, PersonAdmin)
admin.site.register(Erasure, ErasureAdmin)
admin.site.register(ImportRun, ImportRunAdmin)
admin.site.register(SourceFile, SourceFileAdmin)
