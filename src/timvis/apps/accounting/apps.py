from django.apps import AppConfig


class AccountingConfig(AppConfig):
    name = "timvis.apps.accounting"
    label = "accounting"
