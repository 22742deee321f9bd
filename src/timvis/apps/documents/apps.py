from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "timvis.apps.documents"
    label = "documents"
