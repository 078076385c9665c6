import pytest

from nitka.care.desk.models import Conversation, MessageAttachment
from nitka.sale.returns import actions as returns
from nitka.sale.returns.tests.makers import a_delivered_order, a_photo, a_return
from nitka.sale.shipping.tests.makers import open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_a_complaint_is_a_conversation_that_waits_for_us_and_a_return_is_none() -> None:
    open_shop()
    order = a_delivered_order()
    a_return(order)
    by = returns.holder(order.token)
    returns.complain(order_id=order.id, words="The lamp hums.", by=by, photos=[a_photo()])
    run_jobs()
    talk = Conversation.objects.get()
    assert (talk.state, talk.order_code, talk.email) == ("open", order.code, order.email)
    assert talk.last_words == "The lamp hums." and talk.cause == "return"
    assert MessageAttachment.objects.get().content_type == "image/jpeg"
