"""What the values of a front matter are called on the site."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "self-care": "You can do this yourself",
        "professional": "A professional does or prescribes this",
        "both": "Yourself or with a professional",
        "high": "High certainty",
        "moderate": "Moderate certainty",
        "low": "Low certainty",
        "very-low": "Very low certainty",
        "none": "No good evidence",
        "yes": "Yes",
        "sometimes": "Sometimes",
        "rarely": "Rarely",
        "no": "No",
        "very-common": "Very common",
        "common": "Common",
        "uncommon": "Uncommon",
        "rare": "Rare",
        "very-rare": "Very rare",
    }
)

COSTS: Mapping[str, str] = MappingProxyType(
    {"free": "Free", "low": "Low cost", "medium": "Medium cost", "high": "High cost"}
)

AREAS: Mapping[str, str] = MappingProxyType(
    {
        "face": "Face",
        "neck": "Neck",
        "shoulder": "Shoulder",
        "arm": "Arm",
        "elbow": "Elbow",
        "wrist-and-hand": "Wrist and hand",
        "back": "Back",
        "hip-and-thigh": "Hip and thigh",
        "leg": "Leg",
        "foot": "Foot",
        "whole-body": "Whole body",
    }
)
