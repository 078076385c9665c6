"""/back/feeds/: where feeds are, to whom they go, and what their readers would refuse"""

import csv
import io

import pytest
from django.test import Client

from nitka.faces.backoffice import feed_words
from nitka.faces.backoffice.tests import makers
from nitka.faces.files.feeds import known
from nitka.faces.files.feeds.checking import REFUSED, TROUBLES
from nitka.faces.files.tests.conftest import own_index, reader
from nitka.faces.files.tests.feed_shop import WRONG
from nitka.ground.facts.jobs import run_due_inline
from nitka.shelf.content import queries as content

__all__ = ["own_index", "reader"]


def test_every_trouble_has_words() -> None:
    assert set(feed_words.troubles()) == set(TROUBLES) and set(TROUBLES) >= REFUSED
    assert set(feed_words.kinds()) == set(known.ENDINGS)


@pytest.mark.django_db
def test_the_merchant_sees_what_is_wrong_after_the_worker_looked(reader: Client) -> None:
    staff = makers.signed_in("owner")
    assert "google" in staff.get("/back/feeds/").content.decode()
    place = "/back/feeds/google/eu/en/"
    assert staff.post(place + "check").status_code == 303
    assert content.feed("google", "eu", "en").is_waiting
    run_due_inline()
    found = content.feed("google", "eu", "en")
    assert (found.items, found.is_waiting, found.counts["bad_gtin"]) == (5, False, 1)
    text = staff.get(place + "?trouble=bad_gtin").content.decode()
    assert "LIND-ASH" in text and WRONG in text and "/back/products/" in text and "LIND-OAK" not in text
    lines = list(csv.reader(io.StringIO(staff.get(place + "report.csv").getvalue().decode("utf-8-sig"))))
    assert len(lines) == 1 + sum(found.counts.values())
    assert ["LIND-ASH", "Lind <chair> & “friends”, Ash", "gtin", "Wrong GTIN, left out", WRONG, "False"] in lines


@pytest.mark.django_db
def test_the_merchant_says_to_whom_a_feed_goes_and_what_its_goods_are(reader: Client) -> None:
    staff = makers.signed_in("owner")
    place = "/back/feeds/meta/eu/en/"
    staff.post(place + "access", {"access": "secret"})
    found = content.feed("meta", "eu", "en")
    assert found.access == "secret" and known.path_of(found) in staff.get(place).content.decode()
    assert staff.post(place + "access", {"access": "all"}).status_code == 404
    staff.post(place + "key")
    assert content.feed("meta", "eu", "en").key not in ("", found.key)
    staff.post("/back/feeds/classes", {"class.tableware": " Home & Garden  > Kitchen ", "class.textiles": ""})
    assert content.goods_classes() == {"tableware": "Home & Garden > Kitchen"}
    assert "Home &amp; Garden &gt; Kitchen" in staff.get("/back/feeds/classes").content.decode()
    assert makers.signed_in("agent").get("/back/feeds/").status_code in (302, 403)
