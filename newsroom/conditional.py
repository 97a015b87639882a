from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import set_response_etag


class ConditionalGet(ConditionalGetMiddleware):
    """Answer 304 to who has the page, and tell HEAD the ETag that GET tells."""

    def process_response(self, request, response):
        is_new = self.needs_etag(response) and "ETag" not in response
        if request.method == "HEAD" and is_new:
            set_response_etag(response)
        return super().process_response(request, response)
