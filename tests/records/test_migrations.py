"""The migrations say what the models say, and the short way to a new folder's tables ends where the long way does."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override

ONE_BY_ONE = MigrationLoader(None, replace_migrations=False)
AT_ONCE = MigrationLoader(None)


def records(state: ProjectState) -> ProjectState:
    return ProjectState({key: model for key, model in state.models.items() if key[0] == "records"})


def differences(before: ProjectState, after: ProjectState) -> dict[str, object]:
    with override(None):  # names of fields are compared as they are written, not as they are shown
        return dict(MigrationAutodetector(before, after)._detect_changes())


def test_the_models_are_what_the_migrations_make() -> None:
    assert differences(records(AT_ONCE.project_state()), records(ProjectState.from_apps(apps))) == {}


def test_the_steps_of_earlier_folders_end_at_the_same_models() -> None:
    steps = ("records", "0004_phone_pages")
    at_once = ("records", "0001_squashed_0004_phone_pages")
    assert differences(records(ONE_BY_ONE.project_state(steps)), records(AT_ONCE.project_state(at_once))) == {}
