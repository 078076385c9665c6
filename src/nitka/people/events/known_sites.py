"""Sites by what they are, as channel rules name them: `@search`, `@social`, `@shopping`, `@video`, `@mail`, `@ai`.

An entry with a dot is a host and all below it (`l.facebook.com` is below `facebook.com`). An entry without one is a
name: a source of that name, or the site of that name in any country (`google` is google.com, www.google.co.uk).
"""

from functools import lru_cache

SEARCH = """
google bing yahoo yandex baidu naver daum seznam sogou ecosia qwant startpage duckduckgo ask aol mojeek presearch
swisscows metager lycos rambler onet interia virgilio sapo conduit babylon avast incredimail kvasir sesam gigablast
search.brave.com brave ya.ru go.mail.ru nova.rambler.ru so.com search.yahoo.co.jp search.naver.com szukaj.onet.pl
szukaj.wp.pl search.smt.docomo.ne.jp duck.com kagi.com lite.duckduckgo.com suche.t-online.de dogpile.com
com.google.android.googlequicksearchbox cn.bing.com msn
"""
SOCIAL = """
facebook fb instagram ig twitter x t.co x.com linkedin lnkd.in pinterest pin.it reddit tiktok snapchat threads
threads.net threads.com tumblr quora vk vkontakte vk.com vk.ru ok.ru odnoklassniki weibo wechat weixin whatsapp wa.me
telegram t.me viber messenger m.me discord mastodon mastodon.social bsky.app bluesky nextdoor xing meetup flickr
livejournal dzen.ru wykop.pl nk.pl line.me mixi.jp medium.com substack.com disqus.com hootsuite buffer
producthunt.com stackoverflow.com news.ycombinator.com slideshare.net yelp tripadvisor trustpilot fb.me lm.facebook.com
com.facebook.katana com.instagram.android com.twitter.android com.linkedin.android org.telegram.messenger
com.pinterest com.reddit.frontpage
"""
SHOPPING = """
amazon ebay etsy alibaba aliexpress allegro walmart mercadolibre mercadolivre shopify shopzilla ceneo idealo
pricerunner prisjakt prisguiden heureka skapiec nokaut pricespy kelkoo twenga shopping.com bizrate nextag
market.yandex.ru ozon wildberries wildberries.ru temu.com shein.com rakuten.co.jp emag pazaruvaj.com finn.no
shopping.google.com googleshopping google-shopping igshopping shop.app
"""
VIDEO = """
youtube youtu.be vimeo dailymotion twitch netflix hulu rutube.ru iqiyi.com youku.com bilibili.com ted.com
veoh.com crackle.com disneyplus.com com.google.android.youtube wistia
"""
MAIL = """
mail.google.com com.google.android.gm mail.yahoo.com outlook.live.com outlook.office.com outlook.office365.com
mail.yandex.ru mail.yandex.com e.mail.ru mail.ru mail.aol.com mail.proton.me poczta.wp.pl poczta.onet.pl
poczta.interia.pl mail.bg abv.bg deref-mail.com deref-gmx.net deref-web.de webmail roundcube gmail hotmail
com.microsoft.office.outlook com.yahoo.mobile.client.android.mail fastmail.com mail.zoho.com
"""
AI = """
chatgpt chatgpt.com chat.openai.com openai openai.com perplexity perplexity.ai gemini gemini.google.com
bard.google.com copilot copilot.microsoft.com copilot.com edgeservices.bing.com claude claude.ai anthropic
deepseek deepseek.com grok grok.com meta.ai mistral chat.mistral.ai you.com poe poe.com phind phind.com kimi.com
kimi.moonshot.cn duck.ai iask.ai andisearch.com alice.yandex.ru giga.chat lechat pi.ai character.ai
com.openai.chatgpt ai.perplexity.app.android doubao.com tongyi.aliyun.com qwen.ai felo.ai genspark.ai
"""
LISTS = {
    "search": frozenset(SEARCH.split()), "social": frozenset(SOCIAL.split()), "shopping": frozenset(SHOPPING.split()),
    "video": frozenset(VIDEO.split()), "mail": frozenset(MAIL.split()), "ai": frozenset(AI.split()),
}  # fmt: skip

# Parts before the name of a site that say nothing about which site it is.
DOORS = {"www", "m", "l", "lm", "mobile", "out", "away", "old", "go", "search", "r", "uk", "us", "de", "pl", "ru", "no"}
ENDINGS = {"co", "com", "org", "net", "ac", "gov", "edu"}

# Where money is taken: whoever comes back from there has not come anew. The merchant may add to this.
PAYMENT_HOSTS = (
    "stripe.com", "paypal.com", "klarna.com", "adyen.com", "mollie.com", "checkout.com", "braintreegateway.com",
    "vippsmobilepay.com", "vipps.no", "nets.eu", "payu.com", "przelewy24.pl", "tpay.com", "paynow.pl", "dotpay.pl",
    "autopay.eu", "blik.com", "epay.bg", "borica.bg", "mypos.com", "idram.am", "ameriabank.am", "arca.am",
    "yoomoney.ru", "yookassa.ru", "tinkoff.ru", "tbank.ru", "sberbank.ru", "robokassa.ru", "cloudpayments.ru",
    "worldpay.com", "authorize.net", "squareup.com", "sagepay.com", "opayo.eu", "trustly.com", "sofort.com",
    "ideal.nl", "bancontact.com", "multisafepay.com", "paysera.com", "wise.com", "revolut.com", "amazonpay.com",
    "pay.google.com", "appleid.apple.com", "afterpay.com", "affirm.com", "clearpay.co.uk", "arcot.com",
    "cardinalcommerce.com", "3dsecure.io", "swedbank.com", "swedbankpay.com",
)  # fmt: skip


@lru_cache(maxsize=8192)
def is_in(name: str, source: str) -> bool:
    """Whether a source or host (small letters) is in the list of that name; an unknown list holds nothing."""
    sites = LISTS.get(name)
    if not sites or not source:
        return False
    return source in sites or _below(source, sites) or _site_name(source) in sites


def is_below(host: str, hosts: frozenset[str]) -> bool:
    """Whether a host is one of these, or below one."""
    return host in hosts or _below(host, hosts)


def _below(host: str, hosts: frozenset[str]) -> bool:
    parts = host.split(".")
    return any(".".join(parts[place:]) in hosts for place in range(1, len(parts) - 1))


def _site_name(host: str) -> str:
    """`google` of www.google.co.uk; of docs.google.com nothing, for that is a house of its own."""
    parts = host.split(".")
    while len(parts) > 2 and parts[0] in DOORS:
        parts = parts[1:]
    if len(parts) == 2 or (len(parts) == 3 and parts[1] in ENDINGS):
        return parts[0]
    return ""
