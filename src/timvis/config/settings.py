"""Django's settings: only our own apps, one database, nothing that is not used."""

import os
from pathlib import Path

from timvis.config import environment

WEB = Path(__file__).parents[1] / "web"

MODE = environment.mode(os.environ)
HOME = environment.home(os.environ)

SECRET_KEY = environment.secret_key(os.environ, MODE, HOME)
DEBUG = False
ALLOWED_HOSTS = environment.allowed_hosts(os.environ, MODE)
FIXED_NOW = environment.fixed_now(os.environ, MODE)
BEHIND = environment.behind(HOME, MODE)

# Upstream first: an app may import those above it, never those below.
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "timvis.apps.audit",
    "timvis.apps.parties",
    "timvis.apps.documents",
    "timvis.apps.routines",
    "timvis.apps.decisions",
    "timvis.apps.state_registers",
    "timvis.apps.orders",
    "timvis.apps.home_orders",
    "timvis.apps.home_choices",
    "timvis.apps.visits",
    "timvis.apps.reconciliation",
    "timvis.apps.invoices",
    "timvis.apps.applications",
    "timvis.apps.claims",
    "timvis.apps.grant_periods",
    "timvis.apps.state_reports",
    "timvis.apps.schedules",
    "timvis.apps.appeals",
    "timvis.apps.attestation",
    "timvis.apps.accounting",
    "timvis.apps.archive",
    "timvis.web.shared",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "timvis.web.shared.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "timvis.web.shared.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "timvis.web.urls"
WSGI_APPLICATION = "timvis.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each page group keeps its templates beside its views.
        "DIRS": [*sorted((WEB / "office").glob("*/templates")), WEB / "shared" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "timvis.web.shared.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "timvis.web.shared.templatetags.timvis"],
        },
    },
]

STATIC_URL = "/static/"
# The package serves its own files as they are; nothing has to be collected before the first page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = MODE is environment.Mode.PRODUCTION
SECURE_SSL_REDIRECT = MODE is environment.Mode.PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if MODE is environment.Mode.PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = MODE is environment.Mode.PRODUCTION
X_FRAME_OPTIONS = "DENY"

OIDC_ISSUER = os.environ.get("TIMVIS_OIDC_ISSUER", "")
OIDC_CLIENT = os.environ.get("TIMVIS_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("TIMVIS_OIDC_SECRET", "")
# Origins a form of ours may be sent to besides our own: the demo's identity provider, nobody in production.
FORM_ORIGINS = [OIDC_ISSUER] if OIDC_ISSUER and MODE is not environment.Mode.PRODUCTION else []

DATABASES = {"default": environment.database(os.environ, HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
USE_I18N = True
LANGUAGES = [("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [WEB / "shared" / "locale"]
