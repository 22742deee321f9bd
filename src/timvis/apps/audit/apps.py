from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "timvis.apps.audit"
    label = "audit"
