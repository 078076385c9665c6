import pytest
from nitka.faces.backoffice.tests import makers
pytestmark = pytest.mark.django_db

def test_all():
    makers.a_shop()
    v = makers.goods_on_shelf(2)[0]
    a = makers.an_order(v); b = makers.paid(makers.an_order(v)); makers.an_order(v, method="cash_on_delivery")
    c = makers.signed_in()
    from nitka.shelf.catalog import queries as cq
    pid = cq.product_ids()[0]
    bad = []
    for u in ["", "search?q=lamp","search", "orders/", "orders/?q=anna&tab=pack&from=2026-01-01", "orders/orders.csv", f"orders/{a.code}/", f"orders/{b.code}/", "products/", "products/?out=1&q=x", "products/products.csv","products/new","products/import", f"products/{pid}/", "stock/","stock/?q=lamp&show=low","stock/stock.csv","prices/","customers/","customers/customers.csv",f"customers/{a.customer_id}/","content/","content/new/","settings/","settings/shop/name/","settings/shop/address/","settings/shop/bank/","settings/shop/markets/","settings/shop/delivery/","settings/shop/mail/","settings/delivery/","settings/delivery/new/","settings/delivery/next_day/","settings/coupons/","settings/coupons/new/","settings/synonyms/","staff/","audit/","audit/audit.csv","system/","me"]:
        try:
            r = c.get("/back/"+u)
            if r.status_code != 200: bad.append((u, r.status_code, r.get("Location")))
            elif r.streaming: b"".join(r.streaming_content)
        except Exception as e:
            import traceback
            bad.append((u, repr(e)[:300], traceback.format_exc()[-700:]))
    for x in bad: print(x[0], x[1], x[2][-350:] if x[2] else "")
    assert not bad
