"""The public site with views that fail, for the tests of its error pages."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import include, path


def refuse(request):
    raise PermissionDenied


def suspect(request):
    raise SuspiciousOperation


def break_down(request):
    raise RuntimeError


urlpatterns = [
    path("refused/", refuse),
    path("suspect/", suspect),
    path("broken/", break_down),
    path("admin/", admin.site.urls),
    path("", include("articles.public.urls")),
]
