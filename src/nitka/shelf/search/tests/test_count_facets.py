from nitka.shelf.search.finding import shown
from nitka.shelf.search.reader import Reader
from nitka.shelf.search.tests.makers import hits


def counts(found: object, code: str) -> dict[str, int]:
    return dict(found.facets.get(code, []))  # type: ignore[attr-defined]


def test_facets_count_what_was_found(shop: Reader) -> None:
    found = hits(shop, category="textiles")
    assert counts(found, "material") == {"linen": 1, "wool": 1}
    assert counts(found, "color") == {"white": 1, "blue": 1, "grey": 1}
    assert found.prices == (2900, 11900)


def test_a_chosen_facet_counts_without_its_own_choice(shop: Reader) -> None:
    found = hits(shop, filters={"brand": ["Lin"]})
    assert set(found.ids) == {"pillow", "blanket"}
    assert counts(found, "brand") == {"Lin": 2, "Lys": 2, "Eik": 1}
    assert counts(found, "material") == {"linen": 1, "wool": 1}


def test_values_of_one_facet_add_up_and_facets_narrow(shop: Reader) -> None:
    found = hits(shop, filters={"brand": ["Lin", "Lys"], "color": ["white"]})
    assert set(found.ids) == {"pillow", "candle"}
    assert counts(found, "brand") == {"Lin": 1, "Lys": 1}
    assert counts(found, "color") == {"white": 2, "blue": 1, "grey": 1, "gold": 1}


def test_every_count_is_what_choosing_it_gives(shop: Reader) -> None:
    chosen = {"brand": ["Lin", "Lys"]}
    for code, values in hits(shop, filters=chosen).facets.items():
        if code != "brand":
            for value, count in values:
                assert hits(shop, filters={**chosen, code: [value]}).total == count


def test_prices_filter_in_the_market(shop: Reader) -> None:
    assert set(hits(shop, category="lighting", filters={"price": ["0-2000"]}).ids) == {"candle"}
    assert set(hits(shop, category="lighting", filters={"price": ["2000-"]}).ids) == {"lamp"}
    found = hits(shop, category="lighting", market="no", filters={"price": ["-30000"]})
    assert found.ids == ["candle"]
    assert found.prices == (21900, 99900)


def test_nonsense_filters_do_no_harm(shop: Reader) -> None:
    assert hits(shop, filters={"price": ["x", "1-2-3", ""]}).total > 0
    assert hits(shop, filters={"no.such(facet": ["a", "*"]}).total == 0
    assert hits(shop, filters={"brand": []}).total > 0


def test_facets_follow_the_words(shop: Reader) -> None:
    assert counts(hits(shop, "lamp"), "brand") == {"Lys": 1}


def test_facets_that_tell_little_are_not_shown(shop: Reader) -> None:
    found = hits(shop, category="textiles")
    assert "color" in shown(found, {})
    assert "brand" not in shown(found, {})
    assert "brand" in shown(found, {"brand": ["Lin"]})


def test_categories_are_counted(shop: Reader) -> None:
    assert dict(hits(shop).categories)["textiles"] == 2
