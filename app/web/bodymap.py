"""The body map: which places of the drawing stand for the areas of causes and the options of the checker."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

# The regions of the two drawings, with the areas of the body (app.content.words.AREAS) that each shows.
REGIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "head_face": ("face",),
        "neck_shoulder": ("neck", "shoulder"),
        "arm_elbow": ("arm", "elbow"),
        "wrist_hand": ("wrist-and-hand",),
        "chest_back": ("back",),
        "low_back": ("back",),
        "hip_groin_thigh": ("hip-and-thigh",),
        "saddle": ("hip-and-thigh",),
        "knee_lower_leg": ("leg",),
        "ankle_foot": ("foot",),
    }
)
EVERY = "every"
_DRAWN = re.compile(r'<g data-region="(\w+)">.*?</g>', re.DOTALL)


def regions_of_area(area: str) -> str:
    """Name the regions that light up for an area, with spaces between; the whole body is `every`."""
    if area == "whole-body":
        return EVERY
    return " ".join(region for region, areas in REGIONS.items() if area in areas)


def regions_of_option(option: str) -> str:
    """Name the region that lights up for an option of the checker; nothing for an option that is no place."""
    if option == "region.many":
        return EVERY
    region = option.removeprefix("region.")
    return region if region in REGIONS else ""


def linked(drawing: str, links: Mapping[str, tuple[str, str]]) -> Markup:
    """Make each region of a drawing a link for the pointer; the Tab key has the same links in words.

    Args:
        drawing: one of the two drawings of the body.
        links: the address and the words of each region.
    """

    def link(region: re.Match[str]) -> str:
        address, words = links[region.group(1)]
        return f'<a href="{escape(address)}" tabindex="-1"><title>{escape(words)}</title>{region.group()}</a>'

    return Markup(_DRAWN.sub(link, drawing))  # noqa: S704 - the project's own drawing, with escaped links
