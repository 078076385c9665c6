"""The shop as a screen reader hears it: Chromium's own accessibility tree, in its order."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.cast import STRANGER
from tests.journeys.conftest import OpenBrowser
from tests.journeys.shopper import Shopper, eventually

pytestmark = pytest.mark.browser
LANDMARKS = {"banner", "navigation", "search", "main", "complementary", "contentinfo"}
OPERATED = {"link", "button", "textbox", "searchbox", "combobox", "spinbutton", "checkbox", "radio"} | {
    "DisclosureTriangle"
}
WORDLESS = set("+–−-/·▾×")


@dataclass(frozen=True)
class Heard:
    """One thing of a page: what it is, what it is called, and what is said of it beside."""

    role: str
    name: str
    states: dict[str, Any]


@dataclass
class Ear:
    """Reads a page out."""

    page: Page
    session: CDPSession

    def all(self) -> list[Heard]:
        nodes = self.session.send("Accessibility.getFullAXTree")["nodes"]
        known, heard = {node["nodeId"]: node for node in nodes}, list[Heard]()

        def walk(node: Any) -> None:
            if not node.get("ignored"):
                states = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
                heard.append(Heard(node["role"]["value"], str(node.get("name", {}).get("value", "")).strip(), states))
            for child in node.get("childIds", []):
                if child in known:
                    walk(known[child])

        walk(nodes[0])
        return heard

    def said(self, role: str) -> list[str]:
        return [each.name for each in self.all() if each.role == role]

    def has(self, role: str, name: str) -> bool:
        return any(name in each for each in self.said(role))

    def faults(self) -> list[str]:
        """What is wrong with any page: what can be operated has a name of words, and the parts stand where they belong."""
        heard = self.all()
        faults = [f"a {each.role} without a name" for each in heard if each.role in OPERATED and not each.name]
        faults += [f"signs are read out: {each.name}" for each in heard
                   if each.role in OPERATED and WORDLESS & {each.name[0:1], each.name[-1:]}]  # fmt: skip
        parts = [each.role for each in heard if each.role in {"banner", "main", "contentinfo"}]
        if not any(each.states.get("modal") for each in heard) and parts != ["banner", "main", "contentinfo"]:
            faults.append(f"the parts of the page are {parts}")
        for landmark in LANDMARKS:
            names = [each.name for each in heard if each.role == landmark]
            faults += [f"two of {landmark} are called {name!r}" for name in set(names) if names.count(name) > 1]
        return faults


@pytest.fixture
def ear(open_browser: OpenBrowser) -> Ear:
    page = open_browser("eu").new_page()
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    return Ear(page, session)


def test_somebody_buys_by_ear(ear: Ear) -> None:
    """From home to the order: every page says where one is, every step is said when it is done."""
    shopper, page = Shopper(ear.page, STRANGER), ear.page
    page.goto("/en/")
    assert ear.faults() == []
    assert page.evaluate("document.documentElement.lang") == "en"
    assert ear.has("navigation", "Categories")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox", name="Search")).first.fill("kopp")
    eventually(page, lambda: ear.has("option", "Kopp"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert ear.faults() == []

    page.get_by_role("main").get_by_role("link", name="Kopp mug", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Kopp mug")).to_be_visible()
    assert ear.faults() == []
    assert ear.said("RootWebArea")[0].startswith("Kopp mug"), "the title is what is read first"
    headings = [(each.states["level"], each.name) for each in ear.all() if each.role == "heading"]
    assert [name for level, name in headings if level == 1] == ["Kopp mug"]
    assert (
        headings.index((1, "Kopp mug")) < headings.index((2, "Reviews")) < headings.index((2, "Questions and answers"))
    )
    order = [(each.role, each.name) for each in ear.all()]
    assert (
        order.index(("heading", "Kopp mug")) < order.index(("group", "Glaze")) < order.index(("button", "Add to cart"))
    )

    page.get_by_role("button", name="Add to cart").click()
    expect(shopper.drawer).to_be_visible()
    dialog = next(each for each in ear.all() if each.role == "dialog")
    assert dialog.name == "Cart"
    assert dialog.states["modal"]
    eventually(page, lambda: [each for each in told(page) if "1 piece is in the cart" in each])
    page.get_by_role("button", name="One more: Kopp mug").click()
    eventually(page, lambda: [each for each in told(page) if "2 pieces are in the cart" in each])
    assert ear.faults() == []

    page.get_by_role("link", name="To the checkout").click()
    expect(page.get_by_role("heading", level=1, name="Checkout")).to_be_visible()
    assert ear.faults() == []
    steps = [each for each in ear.said("group") if each]
    assert next(each.split(",")[0].strip(" ?") for each in steps) == "Who are you"
    required = [each.name for each in ear.all() if each.states.get("required") and each.role == "textbox"]
    assert {"E-mail", "Full name", "Street and number", "Town or city"} <= set(required)
    shopper.fill_in()
    shopper.choose_delivery()
    shopper.choose_payment("demo_card", "success")
    shopper.order()
    shopper.arrived()
    assert ear.faults() == []


def test_a_mistake_is_told_and_leads_to_its_field(ear: Ear) -> None:
    shopper, page = Shopper(ear.page, STRANGER), ear.page
    page.goto("/en/")
    shopper.add_quickly("kopp-mug")
    page.goto("/en/checkout")
    page.locator("#checkout").evaluate("form => { form.noValidate = true; }")
    page.locator("#f-email").fill("this is no address")
    shopper.order()
    expect(page.locator("#errors")).to_be_focused()
    alert = next(each for each in ear.all() if each.role == "alert")
    assert alert.states.get("live") == "assertive"
    wrong = next(each for each in ear.all() if each.role == "textbox" and each.name == "E-mail")
    assert wrong.states["invalid"] == "true"
    about = page.locator("#f-email").get_attribute("aria-describedby")
    assert about
    assert page.locator(f"#{about.split()[-1]}").inner_text().strip(), "what is wrong is said of the field itself"


@pytest.mark.parametrize("path", ["/en/c/chairs-benches/", "/en/compare?p=lind-dining-chair&p=vik-stool",
                                  "/en/p/lind-dining-chair/", "/en/p/lind-dining-chair/reviews", "/hy/"])  # fmt: skip
def test_pages_are_in_order_for_the_ear(path: str, ear: Ear) -> None:
    ear.page.goto(path)
    assert ear.faults() == []


def told(page: Page) -> list[str]:
    """What the live regions of the page say."""
    return [str(each) for each in page.locator("[role=status], [aria-live]").all_inner_texts() if each.strip()]
