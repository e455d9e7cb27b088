"""Errors a person can act on.

Every refusal says what happened, what was kept, and what to do next. The sentence is Thai; the pages translate it, so
it is written as a `Phrase` is.
"""

from saisaat.domain.phrases import in_thai


class DomainError(Exception):
    """A rule said no; nothing was written. `message` is the sentence for the user, `template % values`."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        self.message = in_thai(template, values)
        super().__init__(self.message)


class NotAllowed(DomainError):
    """This person may not do this."""


class NotNow(DomainError):
    """The thing is in a state in which this cannot be done."""


class Invalid(DomainError):
    """The input cannot be used."""
