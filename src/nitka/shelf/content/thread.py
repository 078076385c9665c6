"""What the thread of a customer shows of the shop's forms: their title, which the facts hold as a code alone."""

from typing import Any

from nitka.people.thread.actions import file_under, tells_more
from nitka.shelf.content.models import Form

file_under("messages", "content")


@tells_more("content.form_submitted")
def load_titles(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the form is called."""
    titles = dict(Form.objects.filter(code__in=[each["form"] for each in payloads]).values_list("code", "title"))
    return [{"titles": titles.get(each["form"], {})} for each in payloads]
