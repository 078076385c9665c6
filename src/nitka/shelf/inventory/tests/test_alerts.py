import io
import re
from pathlib import Path

import pytest
from PIL import Image

from nitka.ground.problem import Problem
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions, queries
from nitka.shelf.inventory.models import StockAlert
from nitka.shelf.inventory.tests.makers import in_stock
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def ask(variant, email="anna@example.com", language="pl"):
    actions.ask_for_alert(variant_id=variant, email=email, language=language)


def test_who_waits_gets_one_mail_in_their_language_when_goods_are_back():
    lamp = in_stock(0)
    ask(lamp)
    ask(lamp, " Anna@Example.com ")
    ask(lamp, "bo@example.com", "en")
    assert queries.alerts_waiting() == {lamp: 2}
    actions.adjust_stock(variant_id=lamp, location="gdansk", by=3, reason="found")
    run_jobs()
    mails = OutgoingMail.objects.filter(template="inventory/mail/back_in_stock").order_by("to")
    assert [(mail.to, mail.language) for mail in mails] == [("anna@example.com", "pl"), ("bo@example.com", "en")]
    assert "/en/p/lamp/?variant=lamp-0" in mails[1].text
    actions.adjust_stock(variant_id=lamp, location="gdansk", by=-3, reason="gone")
    actions.adjust_stock(variant_id=lamp, location="gdansk", by=3, reason="back")
    run_jobs()
    assert mails.count() == 2
    assert queries.alerts_waiting() == {}


def test_nobody_is_written_to_where_goods_are_gone_again():
    lamp = in_stock(0)
    ask(lamp)
    assert actions.send_alerts(variant_id=lamp) == 0
    assert queries.alerts_waiting([lamp]) == {lamp: 1}


def test_it_refuses_what_can_be_had_and_what_is_no_address():
    lamp = in_stock(1)
    with pytest.raises(actions.AlertProblem, match="right now"):
        ask(lamp)
    actions.set_stock(levels=[(lamp, "gdansk", 0)])
    with pytest.raises(Problem):
        ask(lamp, "nobody")


def test_a_wish_can_be_taken_back():
    lamp = in_stock(0)
    ask(lamp)
    token = StockAlert.objects.get().leave_token
    assert actions.leave_alert(token=token) is True
    assert actions.leave_alert(token=token) is False
    assert queries.alerts_waiting() == {}


def test_the_mail_shows_what_is_back_whole_as_every_program_reads_it_and_by_an_address_that_watches_nobody(settings):
    lamp = in_stock(0)
    file = io.BytesIO()
    Image.new("RGB", (80, 20), "navy").save(file, "PNG")
    product = catalog.variants([lamp])[lamp].product_id
    catalog_actions.add_media(product_id=product, content=file.getvalue(), name="lamp.png", kind="picture")
    ask(lamp, "bo@example.com", "en")
    actions.adjust_stock(variant_id=lamp, location="gdansk", by=3, reason="found")
    run_jobs()
    html = OutgoingMail.objects.get(template="inventory/mail/back_in_stock").html
    (path,) = re.findall(
        r'<img src="http://localhost:8000/media/([\w/]+\.jpg)" width="240" height="240" alt="Lamp"', html
    )
    shown = Image.open(Path(settings.MEDIA_ROOT) / path)
    assert (shown.format, shown.size) == ("JPEG", (480, 480))
    blue, paper = shown.getpixel((240, 240)), shown.getpixel((240, 40))
    assert blue[2] > 100 > blue[0] and min(paper) > 240
