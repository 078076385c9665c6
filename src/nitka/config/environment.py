"""Every setting of Nitka, read from the environment (twelve-factor), each with its meaning.

`docs/settings.md` is generated from this list, so a setting that is not declared here does not exist.
"""

import base64
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str

    @property
    def value(self) -> str:
        return os.environ.get(self.name, self.default)

    @property
    def on(self) -> bool:
        return self.value.strip().lower() in {"1", "true", "yes", "on"}

    @property
    def number(self) -> int:
        try:
            return int(self.value)
        except ValueError:
            raise SystemExit(f"{self.name} must be a whole number, not {self.value!r}.") from None


_declared: dict[str, Setting] = {}


def _declare(name: str, default: str, meaning: str) -> Setting:
    return _declared.setdefault(name, Setting(name, default, meaning))


def declared() -> Iterator[Setting]:
    """All settings in the order of their declaration."""
    return iter(_declared.values())


HOME = _declare(
    "NITKA_HOME", ".nitka", "Folder of everything that this host keeps: embedded database, search index, uploads."
)
DATABASE_URL = _declare(
    "DATABASE_URL", "", "postgresql://user:password@host:5432/name. Empty: the embedded PostgreSQL in NITKA_HOME."
)
HOST = _declare("NITKA_HOST", "127.0.0.1", "Address that the web server listens on.")
PORT = _declare("NITKA_PORT", "8000", "Port that the web server listens on.")
PUBLIC_URL = _declare(
    "NITKA_PUBLIC_URL",
    f"http://localhost:{PORT.value}",
    "Address that people type. With https, cookies and HSTS become strict.",
)
SECRET_KEY = _declare(
    "NITKA_SECRET_KEY", "", "Key that signs links and sessions. Empty: made once and kept in NITKA_HOME/secret.key."
)
VAPID_KEY = _declare(
    "NITKA_VAPID_PRIVATE_KEY",
    "",
    "Key that signs push messages (32 bytes, base64url). Empty: made once and kept in NITKA_HOME/vapid.key. Hosts of"
    " one shop need the same; with another, browsers that asked for news get none.",
)
EMAIL_URL = _declare(
    "EMAIL_URL",
    "mailbox:",
    "smtp://user:password@host:587?tls=1 (or ssl=1). 'mailbox:' delivers nothing and shows every mail at /mailbox/.",
)
MAIL_FROM = _declare("NITKA_MAIL_FROM", "", "Sender of the shop's mail. Empty: the address in the shop's settings.")
INBOUND_ADDRESS = _declare(
    "NITKA_INBOUND_ADDRESS",
    "",
    "Where answers to our mails arrive, e.g. reply@shop.example (each mail gets reply+<token>@shop.example) or "
    "@reply.shop.example (a domain of its own). Empty: answers go to the sender, and the shop signs no addresses.",
)
INBOUND_SECRET = _declare(
    "NITKA_INBOUND_SECRET", "", "Key that signs mails posted to /api/v1/inbound-mail. Empty: that address is closed."
)
DEMO = _declare("NITKA_DEMO", "0", "1: demo payments and the mailbox page are offered. Never on a real shop.")
DEBUG = _declare("NITKA_DEBUG", "0", "1: errors show their traceback in the browser. Never on a real shop.")
RATE_LIMITS = _declare("NITKA_RATE_LIMITS", "on", "off: no rate limits, for benches. `nitka doctor` warns.")
TRUSTED_PROXIES = _declare(
    "NITKA_TRUSTED_PROXIES", "0", "How many proxies stand before the web server and append to X-Forwarded-For."
)
WEB_WORKERS = _declare("NITKA_WEB_WORKERS", str(os.cpu_count() or 2), "Web processes. One for each core.")
WEB_THREADS = _declare("NITKA_WEB_THREADS", "4", "Threads of each web process that make pages.")
PAGE_CACHE = _declare(
    "NITKA_PAGE_CACHE_MB", "64", "Memory of each web process for ready pages of visitors without a cart. 0: none kept."
)
COLLECT_THREADS = _declare(
    "NITKA_COLLECT_THREADS", "16", "More threads of each web process; events wait in them for their common commit."
)
EVENTS_KEEP = _declare(
    "NITKA_EVENTS_KEEP_MONTHS",
    "",
    "Whole months that events stay in the database: 25 for all kinds, or track=37 page=13 for some. What is older"
    " becomes Parquet files in NITKA_HOME/events. Empty: all stay.",
)
GA4_ID = _declare(
    "NITKA_GA4_MEASUREMENT_ID", "", "G-…: events of people who said yes to analytics are passed on to Google Analytics."
)
GA4_SECRET = _declare("NITKA_GA4_API_SECRET", "", "The secret of its Measurement Protocol. Without it nothing is sent.")
FORWARD_URL = _declare("NITKA_FORWARD_URL", "", "https address that gets the same events as signed batches.")
FORWARD_SECRET = _declare("NITKA_FORWARD_SECRET", "", "whsec_… (base64): what those batches are signed with.")
DICTIONARIES = _declare(
    "NITKA_DICTIONARIES",
    "/usr/share/hunspell:/usr/share/myspell/dicts",
    "Folders of Hunspell's dictionaries (en_US.aff and .dic …), with colons between, for the check of texts.",
)
INDEXNOW_KEY = _declare(
    "NITKA_INDEXNOW_KEY",
    "",
    "8 to 128 letters, digits or dashes: search engines of indexnow.org are told every ten minutes which pages"
    " changed, where NITKA_PUBLIC_URL is https. Empty: none is told.",
)
TRANSLATE_URL = _declare(
    "NITKA_TRANSLATE_URL",
    "",
    "Where a LibreTranslate answers, e.g. https://translate.example or http://127.0.0.1:5000: reviews are translated"
    " into the shop's languages, and say so. Title and text leave the shop, no name. Empty: none is translated.",
)
TRANSLATE_KEY = _declare("NITKA_TRANSLATE_KEY", "", "Its key, where it wants one.")
META_TOKEN = _declare(
    "NITKA_META_TOKEN",
    "",
    "Access token of a Facebook page (Graph API): posts of /back/social/ go out, comments come in. Empty: they are kept"
    " and nothing is sent. Needs an https NITKA_PUBLIC_URL, since Meta fetches the pictures.",
)
META_PAGE = _declare("NITKA_META_PAGE", "", "Number of the Facebook page. Empty: nothing goes to Facebook.")
META_INSTAGRAM = _declare(
    "NITKA_META_INSTAGRAM", "", "Number of the Instagram account that belongs to it. Empty: nothing goes to Instagram."
)
CARRIER_SECRET = _declare(
    "NITKA_CARRIER_SECRET", "", "Key that signs messages of carriers at /api/webhooks/carriers/…. Empty: it is closed."
)
KARRIO = _declare(
    "NITKA_KARRIO",
    "",
    "Accounts at carriers for karrio (the extra nitka[karrio]), as JSON: code, then its connector and what that asks,"
    ' e.g. {"dpd": {"connector": "dpd", "delis_id": "…", "password": "…"}}.',
)
STRIPE_KEY = _declare("NITKA_STRIPE_SECRET_KEY", "", "sk_… or rk_… of Stripe. Empty: Stripe is not offered.")
STRIPE_PUBLIC_KEY = _declare(
    "NITKA_STRIPE_PUBLISHABLE_KEY", "", "pk_… of Stripe: shown to browsers by the payment page."
)
STRIPE_WEBHOOK_SECRET = _declare(
    "NITKA_STRIPE_WEBHOOK_SECRET", "", "whsec_…: what Stripe signs its posts to /api/v1/webhooks/stripe with."
)
STRIPE_METHODS = _declare(
    "NITKA_STRIPE_METHODS",
    "",
    "Means inside Stripe's form, e.g. card,klarna,blik. Empty: those that are switched on in Stripe's dashboard.",
)
STRIPE_API = _declare(
    "NITKA_STRIPE_API", "", "Another address of Stripe's API, for tests. Empty: https://api.stripe.com"
)
STRIPE_JS = _declare(
    "NITKA_STRIPE_JS",
    "https://js.stripe.com/endive/stripe.js",
    "Where the payment page loads Stripe.js from. Change it in tests alone.",
)
PAYPAL_CLIENT = _declare("NITKA_PAYPAL_CLIENT_ID", "", "Client id of a PayPal app. Empty: PayPal is not offered.")
PAYPAL_SECRET = _declare("NITKA_PAYPAL_SECRET", "", "The secret of that app.")
PAYPAL_WEBHOOK = _declare("NITKA_PAYPAL_WEBHOOK_ID", "", "Id of the webhook that posts to /api/v1/webhooks/paypal.")
PAYPAL_API = _declare(
    "NITKA_PAYPAL_API", "https://api-m.paypal.com", "https://api-m.sandbox.paypal.com for PayPal's sandbox."
)
WORKER_CONCURRENCY = _declare("NITKA_WORKER_CONCURRENCY", "4", "Jobs that one worker runs at a time.")
LOG_LEVEL = _declare("NITKA_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.")
LOG_FORMAT = _declare("NITKA_LOG_FORMAT", "text", "text for people, json for log collectors.")
METRICS_TOKEN = _declare(
    "NITKA_METRICS_TOKEN", "", "Bearer token that /metrics asks for. Empty: /metrics answers this machine only."
)
VAT_REGISTER = _declare(
    "NITKA_VAT_REGISTER", "", "vies: ask the EU whether a customer's VAT number exists. Empty: its digits alone."
)
OTLP = _declare(
    "OTEL_EXPORTER_OTLP_ENDPOINT", "", "OpenTelemetry collector, e.g. http://collector:4318. Empty: no tracing at all."
)


def home() -> Path:
    """The folder of this host, absolute. Not created here."""
    return Path(HOME.value).expanduser().resolve()


def demo_mark() -> Path:
    """A file that says that this folder holds a demo, for commands that are asked about it later."""
    return home() / "demo"


# The order of the curve P-256: a private key is a number below it.
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def secret_key() -> str:
    """The key from the environment, or one made at the first start and kept readable by its owner alone."""
    return SECRET_KEY.value or _kept("secret.key", secrets.token_urlsafe(48))


def vapid_key() -> str:
    """The same for the key of push messages."""
    number = secrets.randbelow(_P256_ORDER - 1) + 1
    made = base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
    return VAPID_KEY.value.strip() or _kept("vapid.key", made)


def _kept(name: str, made: str) -> str:
    """What lies in that file of the folder; `made` where there is none yet, of whoever came first."""
    path = home() / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        home().mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(made)
    except FileExistsError:
        pass
    return path.read_text().strip()
