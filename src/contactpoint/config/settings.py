"""Django's settings, derived from `config.environment`; safe for production by default."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

from contactpoint.config import environment
from contactpoint.config.databases import databases
from contactpoint.config.logs import logs
from contactpoint.config.roles import ROLES  # noqa: F401 — a setting
from contactpoint.config.sign_in import *  # noqa: F403 — settings, all of them
from contactpoint.config.storage import backed_up_in, stored_in

ENV = environment.load()
ENVIRONMENT = ENV.environment
PRODUCTION = ENVIRONMENT == "production"
PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENV.data
DEBUG = ENVIRONMENT == "development"


def _kept_secret() -> str:
    """Outside production a secret is made once and kept in the data folder, for its owner only."""
    path = DATA / "secret.key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


# In production an empty secret stays empty: Django refuses to sign, `serve` refuses to start.
SECRET_KEY = ENV.secret_key or ("" if PRODUCTION else _kept_secret())
ALLOWED_HOSTS = [*ENV.hosts, "testserver"] if ENVIRONMENT == "test" else ENV.hosts

INSTALLED_APPS = [
    "contactpoint.config",
    "contactpoint.backups",
    "contactpoint.operations",
    "contactpoint.home",
    "contactpoint.intake",
    "contactpoint.dissemination",
    "contactpoint.api",
    "contactpoint.search",
    "contactpoint.delivery",
    "contactpoint.consultations",
    "contactpoint.guidance",
    "contactpoint.events",
    "contactpoint.desk",
    "contactpoint.languages",
    "contactpoint.outputs",
    "contactpoint.statistics",
    "contactpoint.glossary",
    "contactpoint.network",
    "contactpoint.media",
    "contactpoint.accounts",
    "contactpoint.kit",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "contactpoint.accounts.users_app.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "contactpoint.operations.middleware.CountingMiddleware",
    "contactpoint.kit.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "contactpoint.kit.compressing.CompressingMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "contactpoint.guidance.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "contactpoint.accounts.middleware.SecondFactorMiddleware",
    "contactpoint.media.outage.OutageMiddleware",
    "contactpoint.outputs.guarding.ReadingMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "contactpoint.config.urls"
WSGI_APPLICATION = "contactpoint.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = ENV.site_name
BASE_URL = ENV.base_url.rstrip("/")
CHECK_LINKS = ENV.check_links and PRODUCTION
COUNTRY = ENV.country
LOAD_STATISTICS = ENV.load_statistics
METRICS_TOKEN = ENV.metrics_token
KEEP_PAGES = ENV.keep_pages and ENVIRONMENT != "test"
PAGE_FILES = ENV.page_files if KEEP_PAGES else None

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "contactpoint.kit.context.site",
            ],
        },
    }
]


# --- storage: one folder by default, servers by environment ---


DATABASES = databases(ENV.database_url, ENV.database_replica, DATA)
DATABASE_LISTEN = ENV.database_listen
# Other machines may write to it, too; they are told what changes, and tell.
SHARED_DATABASE = "postgresql" in DATABASES["default"]["ENGINE"] and ENVIRONMENT != "test"
if "replica" in DATABASES:
    DATABASE_ROUTERS = ["contactpoint.delivery.replicas.ReplicaRouter"]
    MIDDLEWARE.append("contactpoint.delivery.replicas.ReplicaMiddleware")
CACHES: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "contactpoint.kit.patient_caches.RedisCache",
            "LOCATION": ENV.cache_url,
            # A server that swallows everything keeps nobody waiting for minutes.
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
        }
        if ENV.cache_url
        else {
            "BACKEND": "contactpoint.kit.patient_caches.FileCache",
            "LOCATION": DATA / "cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    )
}
SEARCH_URL = ENV.search_url
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": stored_in(ENV.storage_url, ENV.storage_keys),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
BACKUP_BUCKET = backed_up_in(ENV.backup_url, ENV.backup_keys)
WHITENOISE_USE_FINDERS = True
# A new version of a font gets a new file name, so a browser may keep the one that it has.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/static/kit/fonts/.+\.woff2$"
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks.backends.immediate.ImmediateBackend"
            if ENVIRONMENT == "test"
            else "django_tasks_db.DatabaseBackend"
        ),
        "QUEUES": ["default", "mail", "spread"],
    }
}


# --- mail ---

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
EMAIL_BOUNCES = ENV.email_bounces
BOUNCES_URL = ENV.bounces_url
MAILS_A_MINUTE = ENV.mails_a_minute
EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = ENV.email_url.backend
EMAIL_FILE_PATH = DATA / "mail"  # where there is no server
EMAIL_HOST, EMAIL_PORT = ENV.email_url.host, ENV.email_url.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.email_url.user, ENV.email_url.password
EMAIL_USE_TLS, EMAIL_USE_SSL = ENV.email_url.starttls, ENV.email_url.over_tls
MAIL_PROVIDER = ENV.email_url.provider
MAIL_EVENTS = ENV.email_url.events  # the view of Anymail that reads them; empty: nobody does
ANYMAIL = dict(ENV.email_url.anymail)


# --- accounts in social networks; what is secret in them is shown and logged nowhere ---

SOCIAL_CHANNELS = ENV.social


# --- languages ---

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["contactpoint.kit.formats"]
# Languages of applicants, each named in itself; see docs/developers/guidance.md for another.
GUIDANCE_LANGUAGES = [
    ("nl", "Nederlands"),
    ("fr", "Français"),
    ("en", "English"),
    ("de", "Deutsch"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("ps", "پښتو"),
    ("ti", "ትግርኛ"),
    ("so", "Soomaali"),
    ("ru", "Русский"),
    ("uk", "Українська"),
    ("es", "Español"),
    ("sq", "Shqip"),
    ("tr", "Türkçe"),
]
GUIDANCE_NEUTRAL_TITLES = ENV.guidance_neutral_titles
GUIDANCE_COMPUTER_VOICE = ENV.guidance_computer_voice
QUICK_EXIT_URL = ENV.quick_exit_url
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = ENV.translator
# A new translation is a draft until somebody publishes it: its words are still the original's.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False


# --- people and their rights ---

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
MFA_TOTP_ISSUER = SITE_NAME
TRUSTED_PROXIES = ENV.trusted_proxies
# Two sites on one host, whatever their ports, share cookies by name: each folder has its own.
_SITE = "" if PRODUCTION else f"_{hashlib.sha256(str(DATA).encode()).hexdigest()[:8]}"
# A browser takes a cookie of such a name only by https, for this host alone and all of it.
_HOST = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_HOST}contactpoint_session{_SITE}"
CSRF_COOKIE_NAME = f"{_HOST}contactpoint_csrf{_SITE}"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []


REGISTRATIONS_KEPT_DAYS = ENV.registrations_kept_days
RESPONDENTS_KEPT_DAYS = ENV.respondents_kept_days


# --- web security ---

SECURE_SSL_REDIRECT = False  # the proxy in front redirects; behind it every request looks plain
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
SECURE_HSTS_SECONDS = 2 * 365 * 86_400 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURITY_CONTACT = ENV.security_contact
CLAMAV = ENV.clamav


# --- Wagtail ---

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "contactpoint.media.image_forms.PictureForm"
# Of one quality to the eye and by measure (PSNR), and of that of JPEG at 85.
WAGTAILIMAGES_AVIF_QUALITY, WAGTAILIMAGES_WEBP_QUALITY = 54, 78
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000  # of all frames; they are drawn anew when they come
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "media.CustomDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "contactpoint.media.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip"]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Recording",
    "MEDIA_FORM_BASE": "contactpoint.media.recording_forms.RecordingForm",
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "ogg", "opus"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "contactpoint.network.finishing.publish"
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # nothing is fetched from third parties


# --- logs ---

LOG = ENV.log
LOGGING = logs(ENV.log_level, LOG)

if ENVIRONMENT == "test":
    # Hosts with their ports, of servers that a test starts beside itself; elsewhere there are none.
    LOCAL_SERVERS: frozenset[str] = frozenset()
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
