"""Errors a person can act on.

Every refusal says what happened, what was kept, and what to do next. `message` is Thai, shown to the user as it is.
"""


class DomainError(Exception):
    """A rule said no. `message` is a Thai sentence for the user; nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(DomainError):
    """This person may not do this."""


class NotNow(DomainError):
    """The thing is in a state in which this cannot be done."""


class Invalid(DomainError):
    """The input cannot be used."""
