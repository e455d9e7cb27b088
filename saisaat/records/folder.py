"""Getting a data folder ready: tables made and migrated before anything else touches them."""

from django.core.management import call_command


def prepare() -> None:
    """Bring the database to this version's tables. Quick when there is nothing to do."""
    call_command("migrate", verbosity=0, interactive=False)
