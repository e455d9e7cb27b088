"""Why nothing came out of the typesetter. Both carry a Thai sentence fit for the user."""

from saisaat.domain.errors import DomainError


class RenderRefused(DomainError):
    """The text cannot be set: too long, or with characters the font has no picture for. `field` names the culprit."""

    def __init__(self, template: str, *, field: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.field = field


class RenderFailed(DomainError):
    """The typesetter broke down or ran out of time or memory, twice. `detail` is for the log, not for the user."""

    def __init__(self, template: str, *, detail: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} [{self.detail}]" if self.detail else self.message
