"""What a shopper shows: the pages that anybody sees, one order from cart to return, and the shop in other letters."""

import re

from playwright.sync_api import Page

from tests.cast import LENA, SHOPPERS
from tests.gallery.camera import Camera, drawing
from tests.journeys.keeper import Keeper
from tests.journeys.shopper import Shopper

CHAIR = "/en/p/lind-dining-chair/"
MODEL_MS = 120_000


def agree(page: Page, answer: str = "none") -> None:
    """Answer the question about consent, so that it does not stand before everything."""
    page.locator(f"#consent button[value={answer}]").click()
    page.locator("#consent").wait_for(state="hidden")


def look_round(camera: Camera) -> None:
    """What anybody sees who comes in."""
    page = camera.window(size="tall")
    page.goto("/en/")
    agree(page)
    camera.keep(page, "home")
    camera.show(page, "/en/c/chairs-benches/", "category")
    camera.show(page, CHAIR, "product")
    camera.show(page, "/en/article/the-seat-of-lind/", "article")
    camera.show(page, "/en/pages/a-quiet-corner/", "landing")
    page.set_viewport_size({"width": 1280, "height": 860})
    camera.show(page, "/en/search?q=lonuge+chiar", "search-mistake")
    camera.show(page, "/en/collections/the-long-table/", "collection")
    camera.show(page, "/en/makers/glina/", "maker")
    camera.show(page, "/en/p/kopp-mug/", "product-reviews", at="#reviews")
    camera.show(page, "/en/p/kopp-mug/reviews", "reviews")
    camera.show(page, "/en/p/lind-dining-chair/questions", "questions")
    camera.show(page, "/en/compare?p=lind-dining-chair&p=vik-stool&p=hauk-lounge-chair", "compare")
    page.context.close()
    phone = camera.window(size="phone")
    phone.goto("/en/")
    agree(phone)
    camera.show(phone, "/en/offline", "phone-offline")
    phone.context.close()


def decide(camera: Camera) -> None:
    """What asks for a hand: measures, a heart, the quiz."""
    page = camera.window()
    page.goto("/en/")
    agree(page)
    page.goto(CHAIR)
    front = page.locator(".picture:has(.measured)").first.get_attribute("id")
    page.locator(f"a[href='#{front}']").click()
    camera.keep(page, "measures")
    page.get_by_text("Will it fit?").click()
    page.get_by_label("Width (cm)").fill("60")
    page.get_by_role("button", name="Does it fit?").click()
    page.get_by_text("It fits:").wait_for()
    camera.keep(page, "fit", at="details.fit")
    for path in ("/en/p/hauk-lounge-chair/", "/en/p/siv-floor-lamp/"):
        page.goto(path)
        with page.expect_response(re.compile("/wishes/put$")):
            page.locator("article.product button[data-wish]").click()
    camera.show(page, "/en/wishes/", "wish-list")
    page.goto("/en/pages/a-quiet-corner/")
    while page.locator(".quiz .answers a, main .answers a").count():
        page.locator(".quiz .answers a, main .answers a").first.click()
        page.wait_for_load_state()
    camera.keep(page, "quiz")
    page.context.close()


def turn(camera: Camera) -> None:
    """The model of a chair, in a browser that can draw it."""
    if camera.only and "model" not in camera.only:
        return
    with drawing(camera) as able:
        page = able.window()
        page.goto("/en/")
        agree(page)
        page.goto(CHAIR)
        page.get_by_role("link", name="See it in 3-D").click()
        page.frame_locator("#in-room iframe").locator("body[data-loaded]").wait_for(state="attached", timeout=MODEL_MS)
        page.wait_for_timeout(3_000)  # it is loaded before it is drawn
        able.keep(page, "model")


def buy(camera: Camera, keeper: Keeper) -> str:
    """One order of two things, shown from the cart to a return; the owner packs it meanwhile. Returns its code."""
    shopper = Shopper(camera.window(), LENA)
    page = shopper.page
    page.goto("/en/")
    agree(page, "all")
    shopper.search("chair")
    shopper.add_quickly("fyr-table-lamp")
    shopper.add_quickly("kopp-mug")
    camera.keep(page, "cart")
    shopper.to_checkout()
    shopper.fill_in()
    shopper.choose_delivery()
    shopper.choose_payment("demo_card", "success")
    camera.keep(page, "checkout")
    shopper.order()
    code = shopper.arrived()
    keeper.order(code)
    for deed in ("pack", "ship"):
        form = keeper.page.locator(f"form[action$='/{deed}']")
        form.get_by_role("button").first.click()
        form.wait_for(state="detached")
    page.locator("#order-live .state[data-state=shipped]").wait_for()
    camera.keep(page, "order")
    return _afterwards(camera, keeper, shopper, code)


def _afterwards(camera: Camera, keeper: Keeper, shopper: Shopper, code: str) -> str:
    page, order = shopper.page, shopper.page.url
    page.get_by_role("link", name="Ask about this order").click()
    page.locator("#f-text").fill("May the parcel wait with my neighbour at number 7 until I am back on Friday?")
    page.wait_for_timeout(2_500)  # nobody writes a question faster
    page.locator("form.ask button").click()
    page.wait_for_url("**/contact/sent**")
    page.goto(f"/mailbox/?to={LENA.email}")
    page.get_by_role("link", name=re.compile(f"Your order {code}")).last.click()
    page.locator("iframe").wait_for()
    camera.keep(page, "mail")
    form = keeper.page.locator("form[action$='/deliver']")
    form.get_by_role("button").first.click()
    form.wait_for(state="detached")
    page.goto(order)
    page.get_by_role("link", name="Send something back").click()
    camera.keep(page, "return")
    shopper.sign_in()
    camera.keep(page, "account")
    page.context.close()
    return code


def elsewhere(camera: Camera) -> None:
    """The shop in a pocket, in five other languages."""
    for language, path, name in (
        ("pl-PL", "/pl/", "phone-home-pl-dark"),
        ("bg-BG", "/bg/c/{category}/", "phone-category-bg"),
        ("hy-AM", "/hy/p/{product}/", "phone-product-hy"),
        ("nb-NO", "/nb/article/{article}/", "phone-article-nb-dark"),
    ):
        page = camera.window(language, "phone", dark=name.endswith("dark"))
        page.goto(path.partition("{")[0][:4] if "{" in path else path)
        agree(page)
        if "{" in path:
            page.goto(_address(page, path))
        camera.keep(page, name)
        page.context.close()
    _checkout_in_russian(camera)


def _address(page: Page, path: str) -> str:
    """The address in that language of what English calls so: the English page itself says it."""
    english = {"category": "/en/c/chairs-benches/", "product": CHAIR, "article": "/en/article/the-seat-of-lind/"}
    language, what = path[1:3], path.partition("{")[2].partition("}")[0]
    text = page.request.get(english[what]).text()
    found = re.search(rf'<link[^>]+hreflang="{language}"[^>]+href="https?://[^/"]+([^"]+)"', text)
    return found.group(1) if found else english[what]


def _checkout_in_russian(camera: Camera) -> None:
    shopper = Shopper(camera.window("ru-RU", "phone"), SHOPPERS["ru"])
    shopper.page.goto("/ru/")
    agree(shopper.page)
    found = shopper.page.locator("a[href*='/ru/p/']").first.get_attribute("href") or ""
    shopper.page.goto(found)
    shopper.add()
    shopper.to_checkout()
    camera.keep(shopper.page, "phone-checkout-ru")
    shopper.page.context.close()
