"""Whether more visitors come than the site can answer: then what is dear to make is refused at once.

Requests that wait for a worker stand in a line that the server does not show. So each worker asks the site
for something that costs nothing, as a newcomer would; while the answer is late, visitors wait as long.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

EVERY_SECONDS = 0.25
# People take note of a second; what is refused before leaves time to answer the rest within it.
LATE_SECONDS = 0.5
# What has not been answered after so long may never be: it is asked anew, and stays late meanwhile.
GIVEN_UP_SECONDS = 5.0


class Pulse:
    """Asks the site again and again, and knows whether it is late to answer.

    Args:
        host: where the site is served.
        port: and on which port.
    """

    def __init__(self, host: str, port: int) -> None:
        self._at = host, port
        # Nobody else can ask for it: it costs nothing, and stands in no log.
        self._path = f"/{secrets.token_hex(16)}"
        self._asked: float | None = None

    def is_late(self) -> bool:
        """Tell whether visitors wait too long at this moment."""
        asked = self._asked
        return asked is not None and time.monotonic() - asked > LATE_SECONDS

    def answering(self, application: WSGIApplication) -> WSGIApplication:
        """Give the application that answers the pulse, and lets another one answer all else."""
        path = self._path

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if environ["PATH_INFO"] != path:
                return application(environ, start_response)
            start_response("204 No Content", [])
            return []

        return answer

    def begin(self) -> None:
        """Begin to ask; to be called in each worker, since threads do not outlive a fork."""
        threading.Thread(target=self._go_on, name="pulse", daemon=True).start()

    def _go_on(self) -> None:
        """Ask until nobody listens any more."""
        pause = threading.Event()
        is_heard = is_over = False
        while not is_over:
            # Where the site cannot reach itself, as behind some firewalls, nobody is refused for it.
            if is_heard:
                self._asked = self._asked or time.monotonic()
            try:
                self._ask()
                is_heard = True
            except TimeoutError:
                continue
            except OSError as error:
                # A worker that begins may not listen yet. What else is wrong, such as no more files, tells
                # nothing of the line.
                is_over = is_heard and isinstance(error, ConnectionRefusedError)
            self._asked = None
            pause.wait(EVERY_SECONDS)

    def _ask(self) -> None:
        with socket.create_connection(self._at, timeout=GIVEN_UP_SECONDS) as connection:
            request = f"GET {self._path} HTTP/1.1\r\nHost: pulse\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode())
            connection.recv(1)
