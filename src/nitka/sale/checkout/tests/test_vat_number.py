"""A company writes its VAT number at the checkout."""

import pytest

from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries as carts
from nitka.sale.checkout.tests import makers
from nitka.shelf.content import actions as content
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db
