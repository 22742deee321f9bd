from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "timvis.apps.invoices"
    label = "invoices"
