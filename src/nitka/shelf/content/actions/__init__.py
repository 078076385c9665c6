"""What can be done with the shop's own words."""

from nitka.shelf.content.actions.feeds import (
    ask_for_feed_check,
    keep_feed_report,
    new_feed_key,
    put_goods_classes,
    set_feed_access,
)
from nitka.shelf.content.actions.forms import Filled, delete_submission, put_form, submit_form
from nitka.shelf.content.actions.pictures import put_picture, put_picture_words
from nitka.shelf.content.actions.put_menu import put_menu
from nitka.shelf.content.actions.put_page import put_page
from nitka.shelf.content.actions.set_shop import set_shop
from nitka.shelf.content.actions.versions import bring_back, place_page, publish_due, publish_version, save_draft
from nitka.shelf.content.actions.words import accept_word, judge_words
from nitka.shelf.content.document import Draft
from nitka.shelf.content.problems import ContentProblem, NewerVersion, UnknownForm, UnknownPage

__all__ = [
    "ContentProblem", "Draft", "Filled", "NewerVersion", "UnknownForm", "UnknownPage", "accept_word",
    "ask_for_feed_check",
    "bring_back", "delete_submission", "judge_words", "keep_feed_report", "new_feed_key", "place_page", "publish_due",
    "publish_version", "put_form", "put_goods_classes", "put_menu", "put_page", "put_picture", "put_picture_words",
    "save_draft", "set_feed_access", "set_shop", "submit_form",
]  # fmt: skip
