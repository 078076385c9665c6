from nitka.people.events.impersonal import impersonal


def test_goods_and_sums_stay_and_what_was_typed_goes() -> None:
    said = {
        "sku": "TR-1", "price": 12.5, "quantity": 2, "query": "gift for Anna", "name": "Anna", "category": "Lamps",
        "products": [{"product_id": "p1", "price": 4, "name": "Anna's lamp"}], "phone": 48512345678, "is_gift": True,
        "coupon": "ANNA10", "sku2": {"deep": "Anna"},
    }  # fmt: skip
    assert impersonal(said) == {
        "sku": "TR-1", "price": 12.5, "quantity": 2, "category": "Lamps", "is_gift": True,
        "products": [{"product_id": "p1", "price": 4}],
    }  # fmt: skip


def test_paths_of_the_shop_stay_and_those_of_one_person_go() -> None:
    assert impersonal({"page": {"path": "/pl/p/kopp/", "url": "https://x/?mail=a@b.c", "title": "Kopp"}}) == {
        "page": {"path": "/pl/p/kopp/"}
    }
    for path in ("/pl/order/NK-7F3Q-2M", "/pl/account/", "/x/123456", "anna", "/a@b.c"):
        assert impersonal({"path": path}) == {}


def test_of_the_context_the_kind_of_visit_stays() -> None:
    assert impersonal(
        {"ip": "10.0.0.1", "userAgent": "x", "traits": {"email": "a@b.c"}, "locale": "pl-PL",
         "campaign": {"source": "google", "medium": "cpc", "content": "a@b.c"}, "consent": {"analytics": True}}
    ) == {"locale": "pl-PL", "campaign": {"source": "google", "medium": "cpc"}, "consent": {"analytics": True}}  # fmt: skip
