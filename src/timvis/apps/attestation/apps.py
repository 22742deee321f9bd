from django.apps import AppConfig


class AttestationConfig(AppConfig):
    name = "timvis.apps.attestation"
    label = "attestation"
