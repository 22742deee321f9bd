from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "timvis.apps.archive"
    label = "archive"
