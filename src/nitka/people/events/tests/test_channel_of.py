"""Channels: the default rules against what GA4 publishes of its default channel groups, and what we add."""

import pytest

from nitka.people.events.channels import Rule, Touch, arrival_of, channel_of
from nitka.people.events.default_rules import DEFAULT_RULES

# GA4's published definition → our channel: (source, medium, campaign).
PUBLISHED = [
    ("(direct)", "(none)", "", "direct"),
    ("(direct)", "(not set)", "", "direct"),
    ("google", "cpc", "Sales cross-network DE", "cross_network"),
    ("google", "cpc", "summer shop", "paid_shopping"),
    ("newsletter-x", "ppc", "e-shop", "paid_shopping"),
    ("amazon", "paid", "", "paid_shopping"),
    ("google", "cpc", "workshop 2026", "paid_search"),
    ("google", "cpc", "", "paid_search"),
    ("bing", "PPC", "", "paid_search"),
    ("yandex", "paidsearch", "", "paid_search"),
    ("duckduckgo.com", "retargeting", "", "paid_search"),
    ("facebook", "cpc", "", "paid_social"),
    ("Instagram", "Paid_Social", "", "paid_social"),
    ("linkedin.com", "cpm", "", "paid_social"),
    ("youtube.com", "cpv-cpc", "", "paid_video"),
    ("some.site", "display", "", "display"),
    ("some.site", "banner", "", "display"),
    ("some.site", "expandable", "", "display"),
    ("some.site", "interstitial", "", "display"),
    ("some.site", "cpm", "", "display"),
    ("some.site", "cpc", "", "paid_other"),
    ("some.site", "paid-whatever", "", "paid_other"),
    ("etsy.com", "referral", "", "organic_shopping"),
    ("partner", "link", "spring shopping", "organic_shopping"),
    ("facebook", "referral", "", "organic_social"),
    ("l.facebook.com", "referral", "", "organic_social"),
    ("nobody", "social-network", "", "organic_social"),
    ("nobody", "sm", "", "organic_social"),
    ("youtube.com", "referral", "", "organic_video"),
    ("nobody", "my-video-post", "", "organic_video"),
    ("google", "organic", "", "organic_search"),
    ("ecosia.org", "referral", "", "organic_search"),
    ("nobody", "organic", "", "organic_search"),
    ("blog.example", "referral", "", "referral"),
    ("nobody", "app", "", "referral"),
    ("nobody", "email", "", "email"),
    ("e_mail", "whatever", "", "email"),
    ("nobody", "e mail", "", "email"),
    ("nobody", "affiliate", "", "affiliates"),
    ("nobody", "audio", "", "audio"),
    ("sms", "whatever", "", "sms"),
    ("nobody", "SMS", "", "sms"),
    ("nobody", "web-push", "", "push"),
    ("nobody", "mobile-app", "", "push"),
    ("nobody", "notification", "", "push"),
    ("firebase", "whatever", "", "push"),
    ("nobody", "handshake", "", "unassigned"),
]  # fmt: skip


def touch_of_address(address: str, referrer: str = "") -> Touch:
    """The touch of a visit that begins at this address."""
    return arrival_of({"page": {"url": address, "referrer": referrer}}).touch or Touch()


@pytest.mark.parametrize(("source", "medium", "campaign", "channel"), PUBLISHED)
def test_default_rules_follow_the_published_groups(source: str, medium: str, campaign: str, channel: str) -> None:
    assert channel_of(Touch(source, medium, campaign), DEFAULT_RULES) == channel


ADDRESSES = [
    ("https://shop.example/en/", "", "direct"),
    ("https://shop.example/en/?gclid=abc", "https://www.google.com/", "paid_search"),
    ("https://shop.example/en/?gbraid=abc", "", "paid_search"),
    ("https://shop.example/en/?dclid=abc", "", "display"),
    ("https://shop.example/en/?msclkid=abc", "", "paid_search"),
    ("https://shop.example/en/?ttclid=abc", "", "paid_social"),
    ("https://shop.example/en/?fbclid=abc", "https://l.facebook.com/", "organic_social"),
    ("https://shop.example/en/?fbclid=abc&utm_source=facebook&utm_medium=paid", "", "paid_social"),
    ("https://shop.example/en/?srsltid=abc", "https://www.google.com/", "organic_shopping"),
    ("https://shop.example/en/?irclid=abc", "", "affiliates"),
    ("https://shop.example/en/?mc_cid=abc", "", "email"),
    ("https://shop.example/en/", "https://www.google.co.uk/", "organic_search"),
    ("https://shop.example/en/", "https://docs.google.com/document", "referral"),
    ("https://shop.example/en/", "https://mail.google.com/", "email"),
    ("https://shop.example/en/", "android-app://com.google.android.gm/", "email"),
    ("https://shop.example/en/", "android-app://com.google.android.googlequicksearchbox/", "organic_search"),
    ("https://shop.example/en/", "https://yandex.ru/search", "organic_search"),
    ("https://shop.example/en/", "https://go.mail.ru/", "organic_search"),
    ("https://shop.example/en/", "https://vk.com/away.php", "organic_social"),
    ("https://shop.example/en/", "https://t.co/abc", "organic_social"),
    ("https://shop.example/en/", "https://chatgpt.com/", "ai_assistants"),
    ("https://shop.example/en/?utm_source=chatgpt.com", "", "ai_assistants"),
    ("https://shop.example/en/", "https://gemini.google.com/app", "ai_assistants"),
    ("https://shop.example/en/", "https://www.perplexity.ai/", "ai_assistants"),
    ("https://shop.example/en/?UTM_SOURCE=Letter&utm_medium=E-Mail", "", "email"),
    ("https://shop.example/en/?mtm_campaign=x&mtm_source=google&mtm_medium=cpc", "", "paid_search"),
    ("https://shop.example/en/?pk_campaign=x&pk_medium=affiliate", "", "affiliates"),
    ("https://shop.example/en/", "https://shop.example/pl/", "direct"),
    ("https://shop.example/en/?utm_source=&utm_medium=", "", "direct"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "referrer", "channel"), ADDRESSES)
def test_an_address_and_its_referrer_name_the_channel(address: str, referrer: str, channel: str) -> None:
    assert channel_of(touch_of_address(address, referrer), DEFAULT_RULES) == channel


def test_values_keep_their_letters_and_match_in_any() -> None:
    touch = touch_of_address("https://shop.example/?utm_source=FaceBook&utm_medium=CPC&utm_campaign=Hello%20World")
    assert (touch.source, touch.medium, touch.campaign) == ("FaceBook", "CPC", "Hello World")
    assert channel_of(touch, DEFAULT_RULES) == "paid_social"


def test_the_order_of_rules_decides_and_the_first_that_holds_wins() -> None:
    mine = Rule("my_partner", source=("Google",))
    assert channel_of(Touch("google", "cpc"), [mine, *DEFAULT_RULES]) == "my_partner"
    assert channel_of(Touch("google", "cpc"), [*DEFAULT_RULES, mine]) == "paid_search"


def test_coming_back_from_paying_is_no_arrival() -> None:
    context = {"page": {"url": "https://shop.example/en/order/NK-1", "referrer": "https://checkout.stripe.com/pay/x"}}
    assert arrival_of(context, paying=frozenset({"stripe.com"})).returning
    assert arrival_of(context, paying=frozenset({"stripe.com"})).touch is None
    assert arrival_of(context).touch == Touch("checkout.stripe.com", "referral", referrer="checkout.stripe.com")


def test_the_shops_other_houses_say_nothing_new() -> None:
    context = {"page": {"url": "https://shop.example/en/", "referrer": "https://blog.shop.example/"}}
    assert arrival_of(context, own=frozenset({"shop.example"})).touch is None


def test_a_link_in_our_own_mail_is_mail() -> None:
    touch = arrival_of({"page": {"url": "https://shop.example/"}, "mailToken": "x"}).touch
    assert touch is not None and touch.tagged and channel_of(touch, DEFAULT_RULES) == "email"


@pytest.mark.parametrize("context", [
    {}, {"page": None}, {"page": "x"}, {"campaign": "x"}, {"clickIds": []}, {"page": {"url": 7, "referrer": {}}},
    {"page": {"url": "http://[broken", "referrer": "http://[broken"}}, {"campaign": {"source": 3}},
])  # fmt: skip
def test_nonsense_from_strangers_is_a_direct_visit(context: dict[str, object]) -> None:
    assert arrival_of(context).touch is None
