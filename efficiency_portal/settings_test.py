"""Settings of the test suite: the real ones, with cheap passwords, and names in Redis that no other run uses."""

from .settings import *

TEST_KEY = f"test:{env.str('TEST_RUN', 'alone')}:{env.str('PYTEST_XDIST_WORKER', 'main')}:"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES["default"]["KEY_PREFIX"] = TEST_KEY
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {"global_keyprefix": TEST_KEY}
SIGNS_OF_LIFE_PREFIX = f"{TEST_KEY}alive:"
AXES_ENABLED = False
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "tests" / "templates"]
TEMPLATES[0]["OPTIONS"]["debug"] = env.bool("TEMPLATES_DEBUG", False)  # or coverage could not see which lines of a template ran
# Or tests that travel in time would have to sign in again; those about it switch it on.
SESSION_IDLE_MINUTES, SESSION_HOURS = [0, 0, 0], [87_600] * 3
OUTGOING_HOSTS = ["127.0.0.1"]  # where gateways of the tests listen
SMS_QUIET_HOURS = None  # or tests would depend on the hour at which they run
REPORT_SCAN_REQUIRED = False  # or every test that walks a case would need a file; those about the scan switch it on
LOG_WITNESS_FILE = ""  # tests that keep heads name a file of their own
FILE_STORE_RESERVE_MB = 0  # or tests would depend on how full a disk is
