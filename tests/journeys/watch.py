"""What a browser complains of while somebody shops: nothing of it may happen on any page."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError


@dataclass
class Watch:
    """Collects faults of one browser: errors of scripts, refusals of the CSP, requests that leave the shop."""

    origin: str
    also: str = ""  # the origin of a gateway whose form stands in a page
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        page = message.page
        # The browser reports the status of a page that is meant to have one: a form with a mistake is a 422.
        about_page = message.text.startswith("Failed to load resource") and page and message.location["url"] == page.url
        if message.type == "error" and not about_page:
            self.faults.append(f"{message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" not in (self.origin, self.also):
            self.faults.append(f"left the shop: {request.url}")
