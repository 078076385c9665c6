"""Passing a page on: plain links to networks, no script of theirs. The same for everybody who sees the page."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nitka.faces.storefront.structured import origin


def share_part(request: HttpRequest, path: str, title: str, picture: str = "") -> dict[str, object]:
    """What `parts/share.html` draws: the page's address, and links (name, address) that say where it was shared."""
    base = origin(request)
    address = base + path

    def told(network: str) -> str:
        return f"{address}?{_query({'utm_source': network, 'utm_medium': 'share'})}"

    image = picture if "://" in picture or not picture else base + picture
    pin = {"url": told("pinterest"), "description": title} | ({"media": image} if image else {})
    links = [
        (_("By mail"), f"mailto:?{_query({'subject': title, 'body': told('mail')})}"),
        ("WhatsApp", f"https://wa.me/?{_query({'text': f'{title} {told("whatsapp")}'})}"),
        ("Telegram", f"https://t.me/share/url?{_query({'url': told('telegram'), 'text': title})}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{_query({'u': told('facebook')})}"),
        ("Pinterest", f"https://www.pinterest.com/pin/create/button/?{_query(pin)}"),
        ("X", f"https://x.com/intent/post?{_query({'url': told('x'), 'text': title})}"),
    ]
    return {"share": {"address": address, "title": title, "links": links}}


def _query(fields: Mapping[str, str]) -> str:
    """With %20 for a space: mail programs show a plus as a plus."""
    return urlencode(fields, quote_via=quote)
