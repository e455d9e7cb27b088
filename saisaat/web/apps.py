from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "saisaat.web"
    label = "web"
