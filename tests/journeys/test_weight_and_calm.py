"""Pages are light and hold still."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import OpenBrowser

pytestmark = pytest.mark.browser
PAGES = {"home": "/pl/", "category": "/pl/c/lampy/", "product": "/pl/p/kubek-kopp/", "search": "/hy/search?q=Kopp"}
MOST_SHIFT = 0.02
MOST_SCRIPT = 60 * 1024
MOST_STYLE = 30 * 1024
COUNT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push([entry.value, ...entry.sources.map((one) => `${one.node?.outerHTML?.slice(0, 60)} from ${JSON.stringify(one.previousRect)} to ${JSON.stringify(one.currentRect)}`)]);
}).observe({ type: "layout-shift", buffered: true });
"""
MOST_HURRIED = 2
ROOMLESS = """() => [...document.images].filter((one) => {
  const free = getComputedStyle(one).position === "absolute";
  const offers = [...(one.closest("picture")?.querySelectorAll("source") ?? []), one].filter((each) => / \\d+w/.test(each.srcset));
  return (!free && !(one.getAttribute("width") && one.getAttribute("height"))) || offers.some((each) => !each.sizes);
}).map((one) => one.outerHTML)"""
TOO_EARLY = """() => [...document.images].filter((one) =>
  one.loading !== "lazy" && !one.src.startsWith("data:") && one.getBoundingClientRect().top > 2 * innerHeight
).map((one) => one.outerHTML)"""
PAINTED = """() => new Promise((done) => {
  const look = () => performance.getEntriesByName("first-contentful-paint").length ? done() : requestAnimationFrame(look);
  look();
})"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", PAGES)
def test_nothing_moves_while_a_page_loads(kind: str, width: int, open_browser: OpenBrowser) -> None:
    """The calmest of three loads: on a busy machine Chromium now and then paints one frame with its own font sizes."""
    page, seen = open_browser("pl", viewport={"width": width, "height": 844}).new_page(), list[object]()
    page.add_init_script(COUNT_SHIFTS)
    for _load in range(3):
        page.goto(PAGES[kind], wait_until="load")
        read_through(page)
        shifts = page.evaluate("window.shifts")
        if sum(shift[0] for shift in shifts) < MOST_SHIFT:
            return
        seen.append(shifts)
    raise AssertionError(seen)


@pytest.mark.parametrize("kind", ["home", "category", "product"])
def test_nothing_moves_when_the_fonts_come_late(kind: str, open_browser: OpenBrowser) -> None:
    """The letters of the reader's own machine, until ours are here, take the same room."""
    page, held = open_browser("pl", viewport={"width": 390, "height": 844}).new_page(), list[Route]()
    page.add_init_script(COUNT_SHIFTS)
    painted = False
    page.route("**/*.woff2", lambda route: route.continue_() if painted else held.append(route))
    page.goto(PAGES[kind], wait_until="domcontentloaded")
    page.evaluate(PAINTED)
    assert held, "the page uses fonts of ours"
    painted = True
    for font in held:
        font.continue_()
    page.wait_for_load_state("load")
    read_through(page)
    shifts = page.evaluate("window.shifts")
    assert sum(shift[0] for shift in shifts) < MOST_SHIFT, shifts


def read_through(page: Page) -> None:
    """Scroll to the end, screen by screen, and wait for the pictures on the way."""
    page.evaluate("document.fonts.ready")
    page.evaluate("""async () => {
      const frame = () => new Promise(requestAnimationFrame);
      for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight * 0.8) {
        scrollTo(0, top);
        await frame();
        await frame();
      }
    }""")
    page.wait_for_load_state("networkidle")


def test_a_product_page_is_light(visitor: BrowserContext) -> None:
    page, weights, compressed = visitor.new_page(), {"script": 0, "stylesheet": 0}, set()
    answers = []
    page.on("response", lambda response: answers.append(response))
    page.goto("/en/p/kopp-mug/")
    page.wait_for_load_state("networkidle")
    for answer in answers:
        kind = answer.request.resource_type
        if kind in weights:
            weights[kind] += answer.request.sizes()["responseBodySize"]
            compressed.add(answer.header_value("content-encoding"))
    assert compressed <= {"br", "gzip", "zstd"}, "everything readable travels compressed"
    assert 0 < weights["script"] <= MOST_SCRIPT, weights
    assert 0 < weights["stylesheet"] <= MOST_STYLE, weights


@pytest.mark.parametrize(
    "path", ["/en/", "/en/c/chairs-benches/", "/en/p/lind-dining-chair/", "/en/article/light-for-the-dark-months/"]
)
def test_pictures_know_their_room_and_the_first_ones_do_not_wait(path: str, visitor: BrowserContext) -> None:
    """Each has its size before it is here, offers its smaller files with `sizes`, and only what is seen first hurries."""
    page = visitor.new_page()
    page.set_viewport_size({"width": 412, "height": 823})
    page.goto(path)
    assert page.evaluate(ROOMLESS) == []
    hurried = page.locator("img[fetchpriority=high]")
    assert 1 <= hurried.count() <= MOST_HURRIED
    for place in range(hurried.count()):
        top = hurried.nth(place).evaluate("one => one.getBoundingClientRect().top")
        assert top < 823, "what is fetched before all others is seen before all others"
        assert hurried.nth(place).get_attribute("loading") is None
    assert page.evaluate(TOO_EARLY) == [], "what lies far below waits until it is near"


def test_a_chosen_variant_changes_the_page_in_place(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/en/p/gnist-portable-lamp/")
    page.evaluate("window.notReloaded = true")
    before = page.locator("[data-part=price] .now").inner_text()
    page.locator("[data-value=ink]").click()
    expect(page.locator("[data-part=price] s")).to_be_visible()
    expect(page.locator("[data-part=stock]")).to_have_attribute("data-band", "few")
    assert page.locator("[data-part=price] .now").inner_text() == before
    assert "variant=TR-GNIST-INK" in page.url
    assert page.evaluate("window.notReloaded")
    page.reload()
    expect(page.locator("[data-value=ink]")).to_have_attribute("aria-current", "true")
