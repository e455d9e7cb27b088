"""Refusals, in the shape LINE gives them and in the shape the control API gives them."""

from typing import Any


class LineError(Exception):
    """An answer other than 200 on the bot API. `body` is LINE's JSON, `headers` go beside it."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        details: list[dict[str, str]] | None = None,
        headers: dict[str, str] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.body: dict[str, Any] = {"message": message}
        if details:
            self.body["details"] = details
        self.body.update(extra or {})


class LoginError(Exception):
    """A refusal of LINE Login, with OAuth's two words: status 400 and {"error": ..., "error_description": ...}."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}


class RefusedError(Exception):
    """The control API will not do this. `status` is 400, 404 or 409; the text says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def unauthorized() -> LineError:
    return LineError(
        401,
        "Authentication failed due to the following reason: invalid token. "
        "Confirm that the access token in the authorization header is valid.",
    )


def not_found() -> LineError:
    return LineError(404, "Not found")


def not_for_your_account() -> LineError:
    return LineError(403, "Access to this API is not available for your account")


def invalid_reply_token() -> LineError:
    return LineError(400, "Invalid reply token")


def monthly_limit() -> LineError:
    return LineError(429, "You have reached your monthly limit.")


def rate_limit() -> LineError:
    return LineError(429, "The API rate limit has been exceeded. Try again later.")


def same_person_limit() -> LineError:
    # LINE documents this third meaning of 429 without giving its text; the wording is ours.
    return LineError(429, "Too many messages have been sent to the same user. Try again later.")


def invalid_property(name: str) -> LineError:
    return LineError(400, f"The property, '{name}', in the request body is invalid (line: -, column: -)")


def invalid_parameter(name: str) -> LineError:
    """A path or query parameter that cannot be what it is."""
    return LineError(400, f"The value for the '{name}' parameter is invalid")


def one_error(where: str, message: str) -> LineError:
    """A request body with one fault at `where`."""
    return LineError(400, "The request body has 1 error(s)", details=[{"message": message, "property": where}])


def access_token_refused(status: int) -> LineError:
    """A person's access token that does not open this: unknown or expired (401), without the scope (403)."""
    # LINE documents the status alone; the wording is ours.
    return LineError(status, "The access token expired" if status == 401 else "The access token has no such scope")
