from django.conf import settings

SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "browsing-topics=()"
    ),
}


def own_headers():
    """Return the headers that Django does not know: for security, and of rights."""
    reserved = {} if settings.ALLOW_TRAINING else {"TDM-Reservation": "1"}
    return SECURITY_HEADERS | reserved


def security_headers(get_response):
    """Add them to each answer that does not say otherwise."""

    def respond(request):
        response = get_response(request)
        for name, value in own_headers().items():
            response.headers.setdefault(name, value)
        return response

    return respond
