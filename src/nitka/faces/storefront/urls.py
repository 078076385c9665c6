"""Addresses of the shop. Browsing stands here; buying and the account have maps of their own."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from nitka.faces.storefront import (
    alerts,
    asking,
    category,
    changed,
    compare,
    consent,
    fitting,
    forms,
    frontdoor,
    home,
    installing,
    llms,
    newsletter,
    picked,
    preferences,
    previews,
    price_line,
    product,
    quiz,
    reading,
    search,
    sitemaps,
    viewer,
)
from nitka.faces.storefront.opening import sells
from nitka.ground import locale


class Language:
    """A language of the shop as the first part of a path."""

    regex = "|".join(locale.LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "language")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", frontdoor.enter, name="enter"),
    path("robots.txt", frontdoor.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-shelves-<int:part>.xml", sitemaps.shelves_part, name="sitemap_shelves"),
    path("sitemap-products-<int:part>.xml", sitemaps.products_part, name="sitemap_products"),
    path("llms.txt", llms.llms, name="llms"),
    path("<slug:key>.txt", changed.key_file, name="indexnow_key"),
    path(".well-known/security.txt", frontdoor.security, name="security_txt"),
    path(".well-known/gpc.json", consent.gpc, name="gpc"),
    path("service-worker.js", installing.worker, name="service_worker"),
    path("icon-<slug:name>.png", installing.icon, name="icon"),
    path("favicon.ico", installing.favicon, name="favicon"),
    path("apple-touch-icon.png", installing.icon, {"name": "180"}, name="touch_icon"),
    path("accent-<slug:version>.css", frontdoor.accent, name="accent"),
    path("<language:language>/", sells(home.home), name="home"),
    path("<language:language>/c/<str:slug>/", sells(category.category), name="category"),
    path("<language:language>/collections/<str:slug>/", sells(picked.collection), name="collection"),
    path("<language:language>/makers/<str:handle>/", sells(picked.maker), name="maker"),
    path("<language:language>/p/<str:slug>/", sells(product.product), name="product"),
    path("<language:language>/preview/<slug:kind>/<str:slug>.jpg", previews.preview, name="preview"),
    path("<language:language>/p/<str:slug>/fit", sells(fitting.fit), name="fit"),
    path("<language:language>/p/<str:slug>/prices", sells(price_line.prices), name="prices"),
    path("<language:language>/p/<str:slug>/model", sells(viewer.viewer), name="model"),
    path("<language:language>/manifest.webmanifest", installing.manifest, name="manifest"),
    path("<language:language>/offline", installing.offline, name="offline"),
    path("<language:language>/compare", sells(compare.compare), name="compare"),
    path("<language:language>/search", sells(search.search_page), name="search"),
    path("<language:language>/suggest", sells(search.suggest), name="suggest"),
    path("<language:language>/help/<str:slug>/", reading.help_page, name="help"),
    path("<language:language>/legal/<str:slug>/", reading.legal_page, name="legal"),
    path("<language:language>/article/<str:slug>/", reading.article_page, name="article"),
    path("<language:language>/pages/<str:slug>/", reading.own_page, name="page"),
    path("<language:language>/preview/<str:token>/", reading.preview, name="page_preview"),
    path("<language:language>/quiz/<str:slug>/<str:block_id>", sells(quiz.quiz), name="quiz"),
    path("<language:language>/forms/<slug:code>", forms.fill, name="form"),
    path("<language:language>/contact", asking.ask, name="ask"),
    path("<language:language>/contact/sent", asking.asked, name="asked"),
    path("<language:language>/preferences", preferences.preferences, name="preferences"),
    path("<language:language>/consent", consent.consent, name="consent"),
    path("<language:language>/alert", alerts.ask, name="alert"),
    path("<language:language>/alert/leave", alerts.leave, name="alert_leave"),
    path("<language:language>/newsletter", newsletter.subscribe, name="newsletter"),
    path("<language:language>/newsletter/confirm", newsletter.confirm, name="newsletter_confirm"),
    path("<language:language>/newsletter/leave", newsletter.leave, name="newsletter_leave"),
    # Cart, checkout, order page and account bring their own maps.
    path("", include("nitka.faces.storefront.cart_urls")),
    path("", include("nitka.faces.storefront.checkout_urls")),
    path("", include("nitka.faces.storefront.order_urls")),
    path("", include("nitka.faces.storefront.review_urls")),
    path("", include("nitka.faces.storefront.wish_urls")),
    path("", include("nitka.faces.storefront.account_urls")),
]
