from django.apps import AppConfig


class StateRegistersConfig(AppConfig):
    name = "timvis.apps.state_registers"
    label = "state_registers"
