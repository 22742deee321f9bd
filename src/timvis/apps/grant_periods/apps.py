from django.apps import AppConfig


class GrantPeriodsConfig(AppConfig):
    name = "timvis.apps.grant_periods"
    label = "grant_periods"
