"""/back/settings/orders/: what shoppers may do to their orders, samples and home trials."""

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.sale.orders import queries
from nitka.sale.orders.tests.makers import goods
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.catalog import queries as catalog

pytestmark = pytest.mark.django_db
PAGE = "/back/settings/orders/"


def test_rules_are_data() -> None:
    client = makers.signed_in("owner")
    client.post(PAGE, {"what": "rule", "kind": "cancel", "allowed": "on", "until": "shipped", "reason_needed": "on",
                       "reasons": "too slow\r\nnot needed\r\n", "not_after": ["items"]})  # fmt: skip
    rule = next(each for each in queries.policies_in_force() if each.kind == "cancel")
    assert (rule.until, rule.reasons, rule.reason_needed) == ("shipped", ("too slow", "not needed"), True)
    assert rule.not_after == ("items",)
    text = client.get(PAGE).content.decode()
    assert "too slow\nnot needed" in text and "Take another variant" in text


def test_a_sample_and_a_trial_by_their_sku() -> None:
    open_shop()
    lamp = goods()
    sku = catalog.variants([lamp])[lamp].sku
    client = makers.signed_in("owner")
    client.post(PAGE, {"what": "terms", "sku": sku, "per_person": "2", "period_days": "60", "trial_days": "14"})
    (terms,) = queries.all_terms()
    assert (terms.variant_id, terms.per_person, terms.period_days, terms.trial_days) == (lamp, 2, 60, 14)
    assert sku in client.get(PAGE).content.decode()
    client.post(PAGE, {"what": "terms", "sku": sku})
    assert queries.all_terms() == ()
    client.post(PAGE, {"what": "terms", "sku": "nothing", "per_person": "1"})
    assert "There is no article nothing." in client.get(PAGE).content.decode()


def test_others_may_not() -> None:
    assert makers.signed_in("warehouse").post(PAGE, {"what": "rule", "kind": "cancel"}).status_code in (403, 302)
