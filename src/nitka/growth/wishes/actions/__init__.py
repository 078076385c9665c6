"""What can be done with wish lists."""

from nitka.growth.wishes.actions.joining import join_lists
from nitka.growth.wishes.actions.lists import (
    drop_list,
    leave_news,
    make_list,
    rename_list,
    set_news,
    share_list,
    unshare_list,
)
from nitka.growth.wishes.actions.news import write_news
from nitka.growth.wishes.actions.wishing import Wished, add_wish, change_wish, drop_wish
from nitka.growth.wishes.problems import NoSuchList, WishProblem

__all__ = [
    "NoSuchList", "WishProblem", "Wished", "add_wish", "change_wish", "drop_list", "drop_wish", "join_lists",
    "leave_news", "make_list", "rename_list", "set_news", "share_list", "unshare_list", "write_news",
]  # fmt: skip
