from django.middleware import http
from django.utils.cache import set_response_etag


class ConditionalGetMiddleware(http.ConditionalGetMiddleware):
    """Answer 304 to a reader who has the page, and give HEAD the ETag that GET has."""

    def process_response(self, request, response):
        is_new = self.needs_etag(response) and "ETag" not in response
        if request.method == "HEAD" and is_new:
            set_response_etag(response)
        return super().process_response(request, response)
