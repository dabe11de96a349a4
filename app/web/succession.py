"""Workers that take the place of others, so that no visitor asks one that has just gone."""

from __future__ import annotations

from multiprocessing import RawValue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    Headers = list[tuple[str, str]]


class Succession:
    """Tells the workers of a server, which share it, that others take their place.

    A request that is on its way while its kept connection is closed is lost. So a worker that will soon stop
    closes each connection with an answer that says so, and the visitor's next request goes to its successor.
    """

    def __init__(self) -> None:
        # Of no lock: one process alone counts on.
        self._generation = RawValue("L", 0)

    def begin_next(self) -> None:
        """Tell the workers that were made so far that others come."""
        self._generation.value += 1

    def answering(self, application: WSGIApplication) -> WSGIApplication:
        """Give what a worker of this generation answers with; to be called in the worker."""
        generation = self._generation
        own = generation.value

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if generation.value == own:
                return application(environ, start_response)

            def start(status: str, headers: Headers, exc_info: object = None, /) -> Callable[[bytes], object]:
                del exc_info
                return start_response(status, [*headers, ("Connection", "close")])

            return application(environ, start)

        return answer
