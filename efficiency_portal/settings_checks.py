"""Settings for tools that read the code and need no data (types, translations, drawings): the demo's, with dead addresses."""

import os

os.environ.setdefault("PORTAL_DEMO", "1")
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")

from .settings import *  # after the lines above, which it needs

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
