"""The encodings in which answers are sent."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable

IDENTITY = "identity"
BROTLI, ZSTANDARD, GZIP = "br", "zstd", "gzip"
ENCODINGS = (BROTLI, ZSTANDARD, GZIP)
"""In the order in which they are chosen where a browser takes several equally gladly: the smallest first."""

# The strongest that stay below some 20 ms for a page of 50 KB: each is paid once a page and process.
_BROTLI_QUALITY = 10
_ZSTANDARD_LEVEL = 12
_GZIP_LEVEL = 6
# For what is sent once: below a millisecond.
_BROTLI_QUALITY_ONCE = 4
_ZSTANDARD_LEVEL_ONCE = 3
_GZIP_LEVEL_ONCE = 4
# Below this a header costs more than is won.
_SMALLEST = 256
_TYPES = ("text/", "application/json", "application/xml", "image/svg+xml")
_SUFFIXES = ("+json", "+xml")


def is_compressible(headers: Iterable[tuple[str, str]], body: bytes) -> bool:
    """Tell whether a body becomes smaller by compression, going by its type and its length."""
    content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
    kind = content_type.partition(";")[0].strip()
    return len(body) >= _SMALLEST and (kind.startswith(_TYPES) or kind.endswith(_SUFFIXES))


def compress(encoding: str, body: bytes) -> bytes:
    """Compress what is kept: small rather than quick."""
    return _compress(encoding, body, _BROTLI_QUALITY, _ZSTANDARD_LEVEL, _GZIP_LEVEL)


def compress_once(encoding: str, body: bytes) -> bytes:
    """Compress what is sent once: quick rather than small."""
    return _compress(encoding, body, _BROTLI_QUALITY_ONCE, _ZSTANDARD_LEVEL_ONCE, _GZIP_LEVEL_ONCE)


def unzip(body: bytes) -> bytes:
    """Give the plain form of what was compressed by gzip."""
    return gzip.decompress(body)


def _compress(
    encoding: str, body: bytes, brotli_quality: int, zstandard_level: int, gzip_level: int
) -> bytes:
    if encoding == BROTLI:
        compressed: bytes = brotli.compress(body, quality=brotli_quality)
        return compressed
    if encoding == ZSTANDARD:
        return zstandard.ZstdCompressor(level=zstandard_level).compress(body)
    if encoding == GZIP:
        # Without a time, so that the same page is the same bytes.
        return gzip.compress(body, gzip_level, mtime=0)
    return body
