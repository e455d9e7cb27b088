"""uvicorn with what it lacks here: a gentle stop, connections that can really be reset, and a life in a thread."""

import socket
import struct
import threading
from typing import Any

import uvicorn

from practice_line.app import create_app
from practice_line.fault_gate import RESET
from practice_line.platform import Platform

# Linger for no time: closing then throws away what is unsent and sends RST instead of FIN (socket(7)).
NO_LINGER = struct.pack("ii", 1, 0)


class Server(uvicorn.Server):
    """Serves one platform. On stopping it first lets go of pages that listen and calls that are never answered."""

    def __init__(self, platform: Platform, *, wait_for_webhook: bool = False) -> None:
        self._app = create_app(platform, wait_for_webhook=wait_for_webhook)
        config = uvicorn.Config(self._app, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
        super().__init__(config)
        self._platform = platform
        self._up = threading.Event()
        config.load()
        plain = config.http_protocol_class

        def connection(*, app_state: dict[str, Any], **rest: Any) -> Any:
            # Each connection gets a state of its own, in which its requests find what resets it.
            state = dict(app_state)
            protocol: Any = plain(app_state=state, **rest)  # type: ignore[call-arg]
            state[RESET] = lambda: reset(protocol.transport)
            return protocol

        config.http_protocol_class = connection  # type: ignore[assignment]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._up.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._platform.tell("end", {})
        if self._app.gate is not None:
            self._app.gate.close()
        await super().shutdown(sockets)

    def stop(self) -> None:
        """Soon, and gently; from any thread, and before it runs too."""
        self.should_exit = True

    def wait_until_up(self, seconds: float) -> bool:
        """For other threads: whether it answers by then."""
        return self._up.wait(seconds)


class ServerThread:
    """A server in a thread of this process, around a platform in memory. `with` starts it and gives its address."""

    def __init__(self, platform: Platform, *, port: int = 0, wait_for_webhook: bool = False) -> None:
        """Raises OSError when the port is taken; 0 is a free one."""
        self._listener = socket.create_server(("127.0.0.1", port))
        self._server = Server(platform, wait_for_webhook=wait_for_webhook)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        if not self._server.wait_until_up(30):
            raise RuntimeError("practice-line did not start in 30 seconds.")
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.stop()
        self._thread.join()
        self._listener.close()


def reset(transport: Any) -> None:
    """End a connection as a fallen machine's network would: the other side reads ECONNRESET."""
    if transport.is_closing():
        return
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()
