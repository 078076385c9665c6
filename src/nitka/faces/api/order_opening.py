"""Opening an order by its token."""

from django.http import Http404

from nitka.ground.ids import read_code
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView


def opened(code: str, token: str) -> OrderView:
    """The order of that code, for who holds its token. A wrong token looks the same as a wrong code."""
    found = orders.order_by_token(token[:200])
    if found is None or found.code != read_code(code):
        raise Http404
    return found
