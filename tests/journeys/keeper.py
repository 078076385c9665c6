"""Somebody who keeps the shop: what the staff does in the back office, in one place."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass
class Keeper:
    """The owner at a page of the back office."""

    page: Page

    def order(self, code: str) -> None:
        self.page.goto(f"/back/orders/{code}/")
        expect(self.page.locator("h1")).to_contain_text(code)

    def deliver(self, code: str) -> None:
        """The whole way of an order to the door."""
        self.order(code)
        for deed in ("pack", "ship", "deliver"):
            form = self.page.locator(f"form[action$='/{deed}']")
            form.get_by_role("button").first.click()
            expect(form).to_have_count(0)

    def case(self, code: str) -> None:
        """Find a return by its number, in the list."""
        self.page.goto("/back/returns/?tab=all")
        self.page.locator("tr", has_text=code).get_by_role("link", name=code).click()
        expect(self.page.locator("h1")).to_contain_text(code)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=isinstance(name, str)).click()
