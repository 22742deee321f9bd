"""Django's settings: only our own apps, one database, nothing that is not used."""

import os

from timvis.config import environment

MODE = environment.mode(os.environ)
HOME = environment.home(os.environ)

SECRET_KEY = environment.secret_key(os.environ, MODE, HOME)
DEBUG = False
ALLOWED_HOSTS = environment.allowed_hosts(os.environ, MODE)
FIXED_NOW = environment.fixed_now(os.environ, MODE)

# Upstream first: an app may import those above it, never those below.
INSTALLED_APPS = [
    "timvis.apps.audit",
    "timvis.apps.parties",
    "timvis.apps.documents",
    "timvis.apps.routines",
    "timvis.apps.decisions",
    "timvis.apps.claims",
    "timvis.apps.attestation",
    "timvis.apps.accounting",
    "timvis.apps.archive",
]

DATABASES = {"default": environment.database(os.environ, HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
USE_I18N = True
