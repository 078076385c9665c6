def test_it_says_where_the_shop_sells(shop, client) -> None:
    markets = client.get("/api/v1/markets").json()
    assert {"code", "currency", "tax_included"} <= set(markets[0])
    assert {market["code"] for market in markets} >= {"eu", "no", "us"}


def test_it_finds_products_with_facets_in_the_language_asked(shop, client) -> None:
    found = client.get("/api/v1/products", {"q": "lamp", "market": "eu"}).json()
    assert [card["price_minor"] for card in found["products"]][:1] == [8900]
    assert found["products"][0]["currency"] == "EUR"
    everything = client.get("/api/v1/products", {"language": "pl", "market": "eu"}).json()
    assert "Materiał" in [facet["label"] for facet in everything["facets"]]


def test_filters_are_repeated_fields(shop, client) -> None:
    found = client.get("/api/v1/products?market=eu&f.material=oak&f.material=wool").json()
    assert found["total"] == 2


def test_pages_follow_a_cursor(shop, client) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get("/api/v1/products", {"market": "eu", "page_size": 1, "cursor": cursor}).json()
        seen += [card["slug"] for card in page["products"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 4


def test_a_product_has_its_variants_and_when_it_comes(shop, client) -> None:
    slug = client.get("/api/v1/products", {"q": "pillow", "market": "eu"}).json()["products"][0]["slug"]
    product = client.get(f"/api/v1/products/{slug}", {"market": "eu"}).json()
    assert len(product["variants"]) == 2
    assert product["variants"][0]["available"] == "many"
    assert product["arrives_on"]


def test_what_is_not_there_is_a_problem(shop, client) -> None:
    response = client.get("/api/v1/products/nothing-here")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"


def test_nonsense_is_refused_with_a_reason(shop, client) -> None:
    for query in ({"cursor": "abc"}, {"market": "atlantis"}, {"sort": "up"}, {"page_size": 0}, {"language": "xx"}):
        response = client.get("/api/v1/products", query)
        assert response.status_code in {400, 422}, query
        assert response.json()["title"]
