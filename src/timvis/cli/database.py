"""Starts Django; `cli.main` imports this before a noun that needs the database."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timvis.config.settings")
django.setup()
