"""What other sites show where a story's address is shared."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.pictures.share_card import MEDIA_TYPE, ShareCard
from articles.public.views import find_article
from articles.store.share_cards import find_card


@require_safe
def share_card(request, code):
    """Show the card of a published story; its ETag is new when its words are."""
    article = find_article(code)
    section = article.section.name if article.section else ""
    card = ShareCard(article.headline, section, settings.SITE_NAME)
    headers = {
        "ETag": f'"{card.fingerprint}"',
        # The headline may change, so whoever keeps the card asks whether it has.
        "Cache-Control": "no-cache",
        # Messengers and readers of feeds show it on pages of their own.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return HttpResponse(find_card(card), content_type=MEDIA_TYPE, headers=headers)
