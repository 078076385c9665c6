"""A whole purchase on a phone-sized screen without pointer or touch. The focus is always seen and never under something."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import ANNA
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper

pytestmark = pytest.mark.browser
MOST_TABS = 60

# What is wrong with how the focused element is shown; empty if one sees where one is.
UNSEEN = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "nothing has the focus";
  const name = focused.outerHTML.slice(0, 120);
  const shown = [...focused.getClientRects()].find((rect) => rect.width * rect.height > 1);
  if (!shown) return `no place on the page: ${name}`;
  const box = focused.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return `out of sight: ${name}`;
  const marked = (node) => {
    const style = getComputedStyle(node);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  };
  if (![focused, focused.parentElement, focused.closest("label, form, li")].some((node) => node && marked(node))) return `no mark of focus: ${name}`;
  const x = (Math.max(shown.left, 0) + Math.min(shown.right, innerWidth)) / 2;
  const y = (Math.max(shown.top, 0) + Math.min(shown.bottom, innerHeight)) / 2;
  const above = document.elementFromPoint(x, y);
  if (above && !focused.contains(above) && !above.contains(focused) && !focused.labels?.[0]?.contains(above)) return `covered by ${above.outerHTML.slice(0, 80)}: ${name}`;
  return "";
}"""


def focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


def press(page: Page, key: str) -> None:
    """Press a key and look where the focus is now."""
    page.keyboard.press(key)
    assert page.evaluate(UNSEEN) == ""


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_TABS):
        press(page, "Tab")
        if focused(page, selector):
            return
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {selector}")


def test_a_guest_buys_by_keyboard_on_a_phone(open_browser: OpenBrowser) -> None:
    context = open_browser("pl", viewport={"width": 390, "height": 844})
    shopper = Shopper(context.new_page(), ANNA)
    page = shopper.page
    page.goto("/pl/")
    press(page, "Tab")
    assert focused(page, "a.skip"), "the first stop leads past the header"
    page.keyboard.press("Enter")
    assert focused(page, "main")

    page.goto("/pl/")
    tab_to(page, "#q")
    page.keyboard.type("kubek")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()
    press(page, "ArrowDown")
    chosen = page.locator("#suggestions [aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    press(page, "Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("kubek")
    tab_to(page, ".card a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Kubek Kopp")

    tab_to(page, ".reel")
    tab_to(page, "[data-value=sea]")
    press(page, "Enter")
    expect(page.locator("[data-value=sea]")).to_have_attribute("aria-current", "true")
    assert focused(page, "[data-value=sea]"), "choosing does not lose one's place"
    tab_to(page, "[data-part=button]")
    page.keyboard.press("Enter")

    expect(shopper.drawer).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null"), "the drawer takes the focus"
    press(page, "Tab")
    page.keyboard.press("Escape")
    expect(shopper.drawer).to_have_count(0)
    assert focused(page, "[data-part=button]"), "closing the drawer leads back to where one was"
    page.keyboard.press("Enter")
    expect(shopper.drawer).to_be_visible()
    tab_to(page, "dialog a[href$='/checkout']")
    page.keyboard.press("Enter")

    expect(page).to_have_url("/pl/checkout")
    tab_to(page, "#f-email")
    for name in ("email", "name", "line1", "postcode", "city", "phone"):
        if not focused(page, f"#f-{name}"):
            tab_to(page, f"#f-{name}")
        page.keyboard.type(ANNA.email if name == "email" else getattr(ANNA.address, name))
        press(page, "Tab")
        shopper.settled()
    tab_to(page, "input[name=delivery]")
    before = page.locator("input[name=delivery]:checked").get_attribute("value")
    press(page, "ArrowUp")
    shopper.settled()
    assert focused(page, "input[name=delivery]:checked"), "counting anew does not lose one's place"
    assert page.locator("input[name=delivery]:checked").get_attribute("value") != before
    tab_to(page, "input[name=payment]")
    press(page, "Space")
    shopper.settled()
    expect(page.locator("input[name=payment][value=demo_card]")).to_be_checked()
    tab_to(page, "input[name=choice]")
    tab_to(page, "#checkout button[data-once]")
    page.keyboard.press("Enter")
    shopper.arrived()
    tab_to(page, "a[href*='/withdraw']")
