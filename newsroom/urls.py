from django.contrib import admin
from django.urls import include, path

from articles.desk.people import SetPasswordView
from articles.desk.sign_in import sign_in
from newsroom.health import healthz
from newsroom.media import media
from newsroom.metrics import metrics

urlpatterns = [
    path("admin/login/", sign_in),
    path(
        "admin/password/<uidb64>/<token>/",
        SetPasswordView.as_view(),
        name="set-password",
    ),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("media/<path:name>", media, name="media"),
    path("metrics", metrics, name="metrics"),
    path("", include("articles.public.urls")),
]

handler400 = "newsroom.door.bad_request"
handler403 = "newsroom.outage.permission_denied"
handler404 = "articles.public.gone.page_not_found"
