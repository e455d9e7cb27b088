from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "saisaat.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
