"""What is wrong with how a page is made: what axe finds in every size and scheme, and what does not fit a small screen."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A desk, the same desk at 200 % (half the room for everything), and the smallest phone.
WIDTHS = (1280, 640, 320)
# Schemes change colours and nothing else: dark is asked for its contrast alone. What 200 % changes is the room.
ALL_RULES = "{ resultTypes: ['violations'] }"
RULES = {"light": ALL_RULES, "dark": "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }"}
# Colours that are still on their way to another scheme are nobody's colours.
AT_REST = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const moving = () => document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === "running");
  for (let frames = 0; frames < 3 || (moving() && frames < 120); frames += 1) await frame();
}"""
# What sticks out to the right where nothing around it scrolls by itself; empty if all of the page can be read by
# scrolling down.
STICKS_OUT = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const held = (node) => node && node !== document.body && (getComputedStyle(node).overflowX !== "visible" || held(node.parentElement));
  const out = [...document.querySelectorAll("body *")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.right + scrollX > room + 1 && !held(node.parentElement);
  });
  return [`${document.documentElement.scrollWidth} wide`, ...out.slice(0, 4).map((node) => node.outerHTML.slice(0, 100))];
}"""


def findings(page: Page) -> list[str]:
    """What axe finds in each width and scheme, and what sticks out; one line each."""
    found = []
    before = page.viewport_size
    page.evaluate(Axe().axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate(AT_REST)
            for violation in page.evaluate(f"axe.run({rules})")["violations"]:
                nodes = "; ".join(_where(node) for node in violation["nodes"][:4])
                found.append(f"{width} {scheme} {page.url}: {violation['id']}: {nodes}")
        if out := page.evaluate(STICKS_OUT):
            found.append(f"{width} {page.url}: sideways: {'; '.join(out)}")
    if before:
        page.set_viewport_size(before)
    return found


def _where(node: Any) -> str:
    checks = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{node['target']} {node['html'][:140]} ({checks[0] if checks else ''})"
