"""Machines are known by what they say of themselves; people are not taken for machines."""

import pytest

from nitka.people.events import bots

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
PEOPLE = [
    CHROME,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 YaBrowser/25.8.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 350.0.0.0",
    "Mozilla/5.0 (Linux; Android 8.0; CUBOT NOTE) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
]
MACHINES = [
    "", "   ", "-", "Mozilla/5.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "curl/8.5.0", "Wget/1.21", "python-requests/2.32", "Go-http-client/2.0", "Scrapy/2.11 (+https://scrapy.org)",
]  # fmt: skip


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_people(agent: str) -> None:
    assert not bots.is_bot(agent)


@pytest.mark.parametrize("agent", MACHINES)
def test_machines_are_machines(agent: str) -> None:
    assert bots.is_bot(agent)


def test_all_published_instances_are_known() -> None:
    instances = [each for entry in bots.CRAWLER_USER_AGENTS_DATA for each in entry.get("instances", [])]
    missed = [each for each in instances if not bots.is_bot(each)]
    assert len(instances) > 1000 and not missed


def test_a_server_is_judged_by_the_visitor_it_names() -> None:
    assert not bots.judge("analytics-python/2.4.0", {}, from_browser=False)
    assert not bots.judge("python-requests/2.32", {"userAgent": CHROME}, from_browser=False)
    assert bots.judge("analytics-python/2.4.0", {"userAgent": "curl/8.5.0"}, from_browser=False)


def test_a_browser_is_judged_by_its_own_word_and_its_marks() -> None:
    assert bots.judge("", {}, from_browser=True)
    assert not bots.judge(CHROME, {}, from_browser=True)
    assert bots.judge(CHROME, {"webdriver": True}, from_browser=True)
    assert bots.judge(CHROME, {"userAgent": "Googlebot/2.1"}, from_browser=True)
    assert not bots.judge(CHROME, {"userAgent": 7}, from_browser=True)
