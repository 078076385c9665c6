"""The bar that asks: easy to refuse, easy to accept, in nobody's way; with scripts and without."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import OpenBrowser
from tests.journeys.test_axe import findings
from tests.journeys.test_weight_and_calm import COUNT_SHIFTS, MOST_SHIFT

pytestmark = pytest.mark.browser
PRODUCT = "/en/p/kopp-mug/"


def kept(context: BrowserContext) -> dict[str, str]:
    """The cookies about a person's choice."""
    return {
        each["name"]: each["value"] for each in context.cookies() if each["name"] in ("nitka_consent", "nitka_visitor")
    }


def last_signal(page: Page) -> list[object]:
    """What Google's tags were told last."""
    found: list[object] = page.evaluate("[...window.dataLayer.at(-1)]")
    return found


def test_accepting_and_taking_back_without_loading_a_page(open_browser: OpenBrowser) -> None:
    context = open_browser("eu", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(COUNT_SHIFTS)
    page.goto(PRODUCT)
    command, when, signals = last_signal(page)
    assert (command, when) == ("consent", "default")
    assert {name for name, word in signals.items() if word == "granted"} == {
        "functionality_storage",
        "security_storage",
    }  # type: ignore[attr-defined]
    assert kept(context) == {}, "nothing is kept before the answer"
    page.evaluate(
        "window.here = true; document.addEventListener('nitka:consent', (event) => { window.heard = event.detail; })"
    )
    page.locator("#consent").get_by_role("button", name="Accept").click()
    expect(page.locator("#consent")).to_be_hidden()
    assert page.evaluate("window.here && window.heard.analytics && window.heard.advertising")
    assert last_signal(page)[1] == "update" and last_signal(page)[2]["ad_user_data"] == "granted"  # type: ignore[index]
    assert kept(context)["nitka_consent"] == "v1.aps.2026-11" and kept(context)["nitka_visitor"]
    assert sum(shift[0] for shift in page.evaluate("window.shifts")) < MOST_SHIFT
    page.get_by_role("link", name="Privacy choices").click()
    page.get_by_role("main").get_by_role("button", name="Refuse all").click()
    expect(page.locator("main .notice")).to_be_visible()
    assert kept(context) == {"nitka_consent": "v1.---.2026-11"}


def test_everything_works_without_javascript(open_browser: OpenBrowser) -> None:
    context = open_browser("eu", java_script_enabled=False, extra_http_headers={"Sec-GPC": "1"})
    page = context.new_page()
    page.goto(PRODUCT)
    expect(page.locator("#consent")).to_contain_text("Advertising stays off")
    page.locator("#consent summary").click()
    page.get_by_label("Suggesting").check()
    expect(page.get_by_label("Advertising")).to_be_disabled()
    page.get_by_role("button", name="Keep these choices").click()
    expect(page).to_have_url(page.url)
    expect(page.locator("#consent")).to_have_count(0)
    assert kept(context)["nitka_consent"] == "v1.-p-.2026-11"


@pytest.mark.parametrize("width", [390, 1280])
def test_it_stands_in_nobodys_way(width: int, open_browser: OpenBrowser) -> None:
    page = open_browser("pl", viewport={"width": width, "height": 844}).new_page()
    page.goto("/pl/p/kubek-kopp/")
    bar = page.locator("#consent").bounding_box()
    assert bar and bar["height"] < 844 / 4
    buy = page.locator("form.buy [data-part=button]")
    buy.scroll_into_view_if_needed()
    buy.focus()
    place = buy.bounding_box()
    assert place and place["y"] + place["height"] <= bar["y"], "the button to buy stays above it"
    buy.click()
    expect(page.locator("dialog#drawer[open]")).to_be_visible()


def test_axe_finds_nothing_in_the_open_bar_and_on_its_page(open_browser: OpenBrowser) -> None:
    page = open_browser("eu").new_page()
    page.goto("/en/")
    page.locator("#consent summary").click()
    found = findings(page)
    page.goto("/en/consent")
    assert found + findings(page) == []
