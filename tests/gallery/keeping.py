"""What the owner shows: the pages of the back office, with something on each."""

import re
from typing import Any

from playwright.sync_api import Page

from tests.cast import LENA
from tests.gallery.camera import Camera

REPLY = "Of course: the driver will ring at number 7. Have a good journey!"


def enter(camera: Camera, link: str) -> Any:
    """Sign in once with the link that the demo printed; the cookies open further windows."""
    page = camera.window()
    page.goto(link)
    if "/sign-in" in page.url:
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/back/")
    state = page.context.storage_state()
    page.context.close()
    return state


def sell(camera: Camera, state: Any, code: str) -> None:
    """Orders, the customer and the conversation."""
    page = camera.window(state=state)
    camera.show(page, "/back/orders/", "office-orders")
    camera.show(page, f"/back/orders/{code}/", "office-order")
    page.goto(f"/back/messages/?q={LENA.email}")
    page.locator("tr[data-href] a").first.click()
    page.locator("#f-text").fill(REPLY)
    camera.keep(page, "office-desk")
    page.locator("form.answer button").first.click()
    page.wait_for_load_state("networkidle")
    page.goto(f"/back/customers/?q={LENA.email}")
    page.locator("tr[data-href] a").first.click()
    page.locator(".live-state[data-live-state=live]").wait_for()
    camera.keep(page, "office-thread")
    camera.show(page, "/back/messages/numbers", "office-numbers")
    camera.show(page, "/back/warehouse/", "office-warehouse")
    camera.show(page, "/back/", "office-home")
    page.context.close()
    phone = camera.window(size="phone", dark=True, state=state)
    camera.show(phone, "/back/orders/", "phone-office-dark")
    phone.context.close()


def tell(camera: Camera, state: Any) -> None:
    """Products and pages, and what the world reads of them."""
    page = camera.window(state=state)
    page.goto("/back/products/?q=lind")
    _first(page)
    camera.keep(page, "office-product")
    camera.show(page, "/back/content/a-quiet-corner/", "office-page")
    camera.show(page, "/back/reviews/", "office-reviews")
    camera.show(page, "/back/seo/", "office-seo")
    _feed(camera, page)
    camera.show(page, "/back/social/", "office-social")
    camera.show(page, "/back/content/checks/", "office-texts")
    page.context.close()


def _first(page: Page) -> None:
    page.locator("tr[data-href] a").first.click()
    page.locator("main h1, h1").first.wait_for()


def _feed(camera: Camera, page: Page) -> None:
    """The report of a feed that the worker has looked through."""
    page.goto("/back/feeds/?kind=google")
    page.locator("main a[href*='/back/feeds/google/']").first.click()
    page.get_by_role("button", name="Look it through now").click()
    for _turn in range(60):
        page.reload()
        if page.get_by_text(re.compile(r"^Looked through")).count():
            break
        page.wait_for_timeout(1_000)
    camera.keep(page, "office-feeds")
