"""Nervewise: a website that explains pinched nerves and muscle twitching."""

__version__ = "0.1.0"
