from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "saisaat.workers"
    label = "workers"
