import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/media/nothing.jpg"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        (
            "Permissions-Policy",
            (
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
                "browsing-topics=()"
            ),
        ),
    ],
)
def test_every_answer_carries_the_header(client, path, name, value):
    assert client.get(path)[name] == value


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/media/nothing.jpg"])
def test_policy_allows_only_the_site_itself(client, path):
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in client.get(path)["Content-Security-Policy"].split(";")
    )
    nothing = ("default-src", "base-uri", "frame-ancestors", "object-src")
    assert {policy[name] for name in nothing} == {"'none'"}
    own = policy.keys() - set(nothing)
    assert {policy[name] for name in own} == {"'self'"}
    assert {"script-src", "style-src", "img-src", "form-action"} <= own


@pytest.mark.django_db
def test_static_file_carries_the_headers_and_is_not_open_to_all_origins(client):
    response = client.get("/static/admin/css/base.css")
    assert response.status_code == 200
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["TDM-Reservation"] == "1"
    assert "Access-Control-Allow-Origin" not in response
    response.close()


def test_plain_request_for_an_https_site_is_redirected_but_for_health(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/admin/")["Location"].startswith("https://")
