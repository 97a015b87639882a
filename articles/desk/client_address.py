"""Who asks: the address of a client, also behind proxies."""

import re
from ipaddress import ip_address, ip_network

from django.conf import settings

WITH_PORT = re.compile(r"\[(?P<v6>.+)\](:\d+)?|(?P<v4>[\d.]+):\d+")
# Whoever has one address of IPv6 has so many bits of it.
HOUSEHOLD = 64


def client_address(request):
    """Return the address as the outermost proxy of ours saw it, or "".

    What stands further left in X-Forwarded-For anybody may have written. Where a proxy
    says nothing, its own address would be that of everybody, so there is none.
    """
    if not settings.TRUSTED_PROXIES:
        return network_of(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(hops) < settings.TRUSTED_PROXIES:
        return ""
    return network_of(hops[-settings.TRUSTED_PROXIES])


def network_of(text):
    """Return an address by which a client is counted; "" for what is none.

    >>> network_of(" 203.0.113.7:4711"), network_of("2001:db8:1:2:3:4:5:6")
    ('203.0.113.7', '2001:db8:1:2::/64')
    """
    text = text.strip()
    if match := WITH_PORT.fullmatch(text):
        text = match["v6"] or match["v4"]
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    if mapped := address.ipv4_mapped:
        return str(mapped)
    return str(ip_network((address, HOUSEHOLD), strict=False))
