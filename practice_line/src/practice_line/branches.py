"""Routes in branches by how their paths begin: a call is compared with a few routes, not with all there are."""

from collections.abc import Iterable, Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

SEGMENTS = 3
FOUND = "practice_line.route"


class Branch(BaseRoute):
    """The routes whose paths begin with `prefix`, in their order."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.routes: list[Route] = []

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        best: tuple[Match, Scope] = (Match.NONE, {})
        if scope["type"] != "http" or not scope["path"].startswith(self.prefix):
            return best
        for route in self.routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, FOUND: route}
            if match is Match.PARTIAL and best[0] is Match.NONE:
                best = match, {**child, FOUND: route}
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope[FOUND].handle(scope, receive, send)


def branched(routes: Iterable[Route]) -> list[BaseRoute]:
    """The same routes, those together that begin alike."""
    branches: dict[str, Branch] = {}
    for route in routes:
        prefix = "/".join(route.path.partition("{")[0].rstrip("/").split("/")[: SEGMENTS + 1])
        branches.setdefault(prefix, Branch(prefix)).routes.append(route)
    return list(branches.values())


def flat(routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """All routes, out of their branches."""
    return [each for route in routes for each in (route.routes if isinstance(route, Branch) else [route])]
