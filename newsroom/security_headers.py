from django.conf import settings

SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "browsing-topics=()"
    ),
}


def security_headers(get_response):
    """Add the headers that Django does not know: for security, and of rights."""

    def respond(request):
        response = get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if not settings.ALLOW_TRAINING:
            response.headers["TDM-Reservation"] = "1"
        return response

    return respond
