from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    name = "timvis.apps.schedules"
    label = "schedules"
