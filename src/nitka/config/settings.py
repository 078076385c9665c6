"""Django settings. Whatever a merchant may change is in `environment.py`; the rest is the house's choice."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from nitka.config import environment, pool, postgres
from nitka.config.logs import logging_config
from nitka.ground.locale import LANGUAGE_NAMES

PACKAGE = Path(__file__).resolve().parent.parent
NITKA_HOME = environment.home()
NITKA_DEMO = environment.DEMO.on
NITKA_RATE_LIMITS = environment.RATE_LIMITS.value.lower() != "off"
NITKA_TRUSTED_PROXIES = environment.TRUSTED_PROXIES.number
NITKA_PUBLIC_URL = environment.PUBLIC_URL.value.rstrip("/")
NITKA_METRICS_TOKEN = environment.METRICS_TOKEN.value
NITKA_DICTIONARIES = [each for each in environment.DICTIONARIES.value.split(":") if each]
INDEXNOW_KEY = environment.INDEXNOW_KEY.value.strip()
INDEXNOW_URL = "https://api.indexnow.org/indexnow"
TRANSLATE_URL = environment.TRANSLATE_URL.value.strip().rstrip("/")
TRANSLATE_KEY = environment.TRANSLATE_KEY.value.strip()
META_TOKEN = environment.META_TOKEN.value.strip()
META_PAGE = environment.META_PAGE.value.strip()
META_INSTAGRAM = environment.META_INSTAGRAM.value.strip()
META_GRAPH_URL = "https://graph.facebook.com/v23.0"
NITKA_VAT_REGISTER = environment.VAT_REGISTER.value.strip().lower()
NITKA_OTLP = environment.OTLP.value

DEBUG = environment.DEBUG.on
SECRET_KEY = environment.secret_key()
NITKA_VAPID_KEY = environment.vapid_key()
_public = urlsplit(NITKA_PUBLIC_URL)
HTTPS = _public.scheme == "https"
# The Host header is not trusted for addresses (links are built from NITKA_PUBLIC_URL), so a demo may be
# reached by any name of the machine; a shop on https answers to its own name alone.
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"] if HTTPS else ["*"]


def _domains() -> list[str]:
    """Every domain is a Django app; a new folder with an apps.py is found by itself."""
    return sorted("nitka." + ".".join(path.parent.relative_to(PACKAGE).parts) for path in PACKAGE.glob("*/*/apps.py"))


INSTALLED_APPS = [
    "procrastinate.contrib.django",
    *_domains(),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "nitka.ground.web.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nitka.ground.web.addresses.SlashMiddleware",
    "django.middleware.common.CommonMiddleware",
    "nitka.faces.storefront.visitors.VisitorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nitka.ground.web.origin.OriginMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nitka.ground.web.methods.MethodMiddleware",
    "nitka.ground.web.errors.ProblemMiddleware",
]
CSRF_FAILURE_VIEW = "nitka.ground.web.errors.csrf_failure"

ROOT_URLCONF = "nitka.config.urls"
WSGI_APPLICATION = "nitka.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "nitka.ground.web.environment.environment"},
    },
    {
        # Only libraries' own pages (sign-in flows of allauth) fall through to Django's language.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# --- Database -----------------------------------------------------------------------------------


def _database() -> dict[str, object]:
    url = environment.DATABASE_URL.value
    common = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 10, "check": pool.check}},
    }
    if not url:
        return {**common, **postgres.django_connection()}
    parts = urlsplit(url)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        **common,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**common["OPTIONS"], **options},  # type: ignore[dict-item]
    }


DATABASES = {"default": _database()}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # ground.facts discovers tasks together with reactions
PROCRASTINATE_ON_APP_READY = "nitka.ground.facts.jobs.attach"

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "nitka.people.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "nitka.people.accounts.adapter.MfaAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False

# --- Cookies and headers ------------------------------------------------------------------------
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = _prefix + "nitka_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = _prefix + "nitka_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [NITKA_PUBLIC_URL]
NITKA_CART_COOKIE = _prefix + "nitka_cart"
NITKA_PREFS_COOKIE = _prefix + "nitka_prefs"
NITKA_WISHES_COOKIE = _prefix + "nitka_wishes"
SECURE_SSL_REDIRECT = False  # the proxy that holds the certificate does it
# Sent by RequestMiddleware wherever the public address is https: behind a proxy Django sees plain http.
NITKA_HSTS = f"max-age={60 * 60 * 24 * 365}; includeSubDomains" if HTTPS else ""
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if NITKA_TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"  # what the CSP says too, for those who read no CSP
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "worker-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# --- Language and time --------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [(code, _(name)) for code, name in LANGUAGE_NAMES.items()]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH: list[str] = []

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = NITKA_HOME / "static"
MEDIA_URL = "/media/"
NITKA_CARRIER_SECRET = environment.CARRIER_SECRET.value
NITKA_KARRIO = environment.KARRIO.value
GA4_URL = "https://www.google-analytics.com/mp/collect"
GA4_MEASUREMENT_ID = environment.GA4_ID.value
GA4_API_SECRET = environment.GA4_SECRET.value
FORWARD_URL = environment.FORWARD_URL.value
FORWARD_SECRET = environment.FORWARD_SECRET.value
NITKA_STRIPE_KEY = environment.STRIPE_KEY.value
NITKA_STRIPE_PUBLIC_KEY = environment.STRIPE_PUBLIC_KEY.value
NITKA_STRIPE_WEBHOOK_SECRET = environment.STRIPE_WEBHOOK_SECRET.value
NITKA_STRIPE_METHODS = environment.STRIPE_METHODS.value
NITKA_STRIPE_API = environment.STRIPE_API.value.rstrip("/")
NITKA_STRIPE_JS = environment.STRIPE_JS.value
NITKA_PAYPAL_CLIENT = environment.PAYPAL_CLIENT.value
NITKA_PAYPAL_SECRET = environment.PAYPAL_SECRET.value
NITKA_PAYPAL_WEBHOOK = environment.PAYPAL_WEBHOOK.value
NITKA_PAYPAL_API = environment.PAYPAL_API.value.rstrip("/")
NITKA_GATEWAY_SECONDS = 10.0  # how long a gateway may take to answer
EVENTS_KEEP_MONTHS = environment.EVENTS_KEEP.value
EVENTS_ARCHIVE = NITKA_HOME / "events"
MEDIA_ROOT = NITKA_HOME / "media"
FEEDS_ROOT = NITKA_HOME / "feeds"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "nitka.config.statics.StaticFiles"},
}
WHITENOISE_MANIFEST_STRICT = False
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The prices of 200 variants in every market are one form; outside of the back office `ground/web/origin.py` allows 500.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Mail ---------------------------------------------------------------------------------------
_mail = urlsplit(environment.EMAIL_URL.value)
_mail_options = parse_qs(_mail.query)
NITKA_MAILBOX = _mail.scheme == "mailbox"
NITKA_MAIL_FROM = environment.MAIL_FROM.value
# Where mail stays in the mailbox page, answers stay there as well, so that a person can try them without a server.
NITKA_INBOUND_ADDRESS = environment.INBOUND_ADDRESS.value.strip().lower() or (
    "reply@localhost" if NITKA_MAILBOX else ""
)
NITKA_INBOUND_SECRET = environment.INBOUND_SECRET.value
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _mail.hostname or "localhost",
            "port": _mail.port or 25,
            "username": unquote(_mail.username or ""),
            "password": unquote(_mail.password or ""),
            "use_tls": _mail_options.get("tls") == ["1"],
            "use_ssl": _mail_options.get("ssl") == ["1"],
            "timeout": 10,
        },
    }
}

LOGGING_CONFIG = None
logging_config(environment.LOG_LEVEL.value, environment.LOG_FORMAT.value)
SILENCED_SYSTEM_CHECKS: list[str] = []
