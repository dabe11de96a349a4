"""What a visitor said: chosen, denied, or not sure. What is named nowhere was not asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Rest = Literal["denied", "unknown"]


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one question: the options ticked, and what is meant by those that were not.

    `offered` are the options that stood on the page; None means all that are offered now.
    """

    chosen: frozenset[str] = frozenset()
    rest: Rest = "denied"
    offered: frozenset[str] | None = None

    def covers(self, offered: Iterable[str]) -> bool:
        """Tell whether the visitor has seen all of some options."""
        return self.offered is None or self.offered.issuperset(offered)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was said, by option id. An option stands in one of the three sets at most."""

    chosen: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    def with_reply(self, reply: Reply, offered: Iterable[str]) -> Answers:
        """Give the answers with a reply added; what was said before of the same options gives way."""
        offered = frozenset(offered)
        chosen = reply.chosen & offered
        left = offered - chosen
        denied = left if reply.rest == "denied" else frozenset[str]()
        unknown = left if reply.rest == "unknown" else frozenset[str]()
        return Answers(
            _replaced(self.chosen, offered, chosen),
            _replaced(self.denied, offered, denied),
            _replaced(self.unknown, offered, unknown),
        )

    @property
    def asked(self) -> frozenset[str]:
        """Give every option that was asked."""
        return self.chosen | self.denied | self.unknown


def _replaced(said: frozenset[str], offered: frozenset[str], now: frozenset[str]) -> frozenset[str]:
    # Most options are asked once, and what is denied grows long: it is copied once at most.
    kept = said if said.isdisjoint(offered) else said - offered
    return kept | now if now else kept
