#!/usr/bin/env python3
"""Draws the cards of static/cards/ that are new or stale, and removes those of no page; `make cards` runs it.

It needs Pillow and the fonts of the browser tests, which a running site does without.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageColor, ImageDraw, ImageFont

from app.checker.knowledge import read_checker
from app.settings import PROJECT, drawing_names
from app.web.cards import FOLDER, HEIGHT, INDEX, WIDTH, cards_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.web.cards import Card

CARDS = PROJECT / "static" / FOLDER
FONTS = PROJECT / "tests" / "browser" / "npm" / "node_modules" / "@fontsource-variable"
SERIF = FONTS / "source-serif-4" / "files" / "source-serif-4-latin-wght-normal.woff2"
SANS = FONTS / "source-sans-3" / "files" / "source-sans-3-latin-wght-normal.woff2"

# The colours of static/css/tokens.css in light dress, and those of the mark.
PAPER, INK, TEAL, RED = "#fbf8f2", "#1f2526", "#0a585a", "#8e1020"
NERVE, WHITE = "#ff9279", "#ffffff"

MARGIN = 84
BAND = 132  # the strip at the foot, through which the nerve runs
PINCH = 930  # where it is pressed
SMOOTH = 4  # the strip is drawn this many times as large, since Pillow does not smooth curves
TITLE_TOP, TITLE_BOTTOM = 160, HEIGHT - BAND - 46
SIZES = range(128, 51, -4)
LEADING = 1.13
SHADES = 8  # of each pair of colours that meet, so that edges stay smooth in a picture of few colours


def stamp(card: Card) -> str:
    """Give a short name to what a card shows and how it is drawn: a card with another stamp is stale."""
    drawn = Path(__file__).read_bytes() + json.dumps([card.section, card.title]).encode()
    return hashlib.sha256(drawn).hexdigest()[:12]


def draw(card: Card) -> Image.Image:
    """Draw a card.

    Raises:
        UnicodeEncodeError: the title has a letter that the fonts lack.
    """
    (card.section + card.title).encode("cp1252")
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    strip = RED if card.name.startswith("emergencies") else TEAL
    picture.paste(nerve(strip), (0, HEIGHT - BAND))
    pen = ImageDraw.Draw(picture)
    picture.paste(mark(), (MARGIN, 66), mark())
    pen.text((MARGIN + 74, 94), "Nervewise", INK, font(SERIF, 42, 600), anchor="lm")
    if card.section:
        pen.text((WIDTH - MARGIN, 94), card.section, strip, font(SANS, 36, 600), anchor="rm")
    size, lines = set_title(card.title)
    step = round(size * LEADING)
    top = (TITLE_TOP + TITLE_BOTTOM - step * (len(lines) - 1)) // 2
    for number, line in enumerate(lines):
        pen.text((MARGIN - 4, top + number * step), line, INK, font(SERIF, size, 620), anchor="lm")
    return picture


def set_title(title: str) -> tuple[int, list[str]]:
    """Give the largest letters in which a title fits, and its lines.

    Raises:
        ValueError: it fits in none.
    """
    for size in SIZES:
        lines = broken(title, size, WIDTH - 2 * MARGIN)
        if len(lines) * size * LEADING <= TITLE_BOTTOM - TITLE_TOP:
            return size, balanced(title, size, len(lines))
    raise ValueError(f"'{title}' is too long for a card")


def broken(title: str, size: int, width: float) -> list[str]:
    """Break a title into lines of a width at most; a longer word has a line of its own."""
    letters = font(SERIF, size, 620)
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and letters.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def balanced(title: str, size: int, count: int) -> list[str]:
    """Break a title into a number of lines that are about as long as each other."""
    widths = range(240, WIDTH - 2 * MARGIN + 1, 12)
    return next(lines for width in widths if len(lines := broken(title, size, width)) <= count)


@cache
def font(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Give letters of a size and a weight."""
    letters = ImageFont.truetype(file, size)
    letters.set_variation_by_axes([weight])
    return letters


@cache
def mark() -> Image.Image:
    """Draw the mark of static/img/mark.svg, 56 px wide, on nothing."""
    unit = 56 * SMOOTH / 32
    whole = Image.new("RGBA", (56 * SMOOTH,) * 2)
    ground = Image.new("L", whole.size)
    ImageDraw.Draw(ground).rounded_rectangle((0, 0, 56 * SMOOTH - 1, 56 * SMOOTH - 1), 8 * unit, 255)
    inside = Image.new("RGBA", whole.size, TEAL)
    pen = ImageDraw.Draw(inside)
    pen.polygon(list(course(16 * unit, 16 * unit, 16 * unit, 6.5 * unit, 1.6 * unit)), NERVE)
    press(pen, 16 * unit, ((4.5 * unit, 9.7 * unit), (22.3 * unit, 27.5 * unit)), 5 * unit)
    whole.paste(inside, mask=ground)
    return whole.resize((56, 56), Image.Resampling.LANCZOS)


@cache
def nerve(ground: str) -> Image.Image:
    """Draw the strip at the foot: a nerve that runs from edge to edge and is pressed at one place."""
    strip = Image.new("RGB", (WIDTH * SMOOTH, BAND * SMOOTH), ground)
    pen = ImageDraw.Draw(strip)
    middle, thick, thin = BAND * SMOOTH / 2, 28 * SMOOTH, 7 * SMOOTH
    pinch, reach = PINCH * SMOOTH, 150 * SMOOTH
    pen.rectangle((0, middle - thick, pinch - reach, middle + thick), NERVE)
    pen.rectangle((pinch + reach, middle - thick, WIDTH * SMOOTH, middle + thick), NERVE)
    pen.polygon(list(course(pinch, middle, reach, thick, thin)), NERVE)
    gap = thin + 22 * SMOOTH
    press(pen, pinch, ((-40 * SMOOTH, middle - gap), (middle + gap, (BAND + 40) * SMOOTH)), 24 * SMOOTH)
    return strip.resize((WIDTH, BAND), Image.Resampling.LANCZOS)


@cache
def palette() -> Image.Image:
    """Give the colours of all cards: those that meet, with the shades between."""
    pairs = [
        (INK, PAPER),
        (TEAL, PAPER),
        (RED, PAPER),
        (TEAL, NERVE),
        (RED, NERVE),
        (TEAL, WHITE),
        (RED, WHITE),
    ]
    shades = [
        round(low + (high - low) * shade / (SHADES - 1))
        for one, other in pairs
        for shade in range(SHADES)
        for low, high in zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    ]
    picture = Image.new("P", (1, 1))
    picture.putpalette(shades)
    return picture


def course(
    across: float, middle: float, reach: float, thick: float, thin: float
) -> Iterator[tuple[float, float]]:
    """Yield the outline of a nerve that grows thin around a place."""
    steps = [step / 64 for step in range(-64, 65)]
    # Smooth at both ends: the outline leaves the straight part and meets the pinch without a corner.
    halves = [thin + (thick - thin) * (3 * abs(at) ** 2 - 2 * abs(at) ** 3) for at in steps]
    yield from ((across + at * reach, middle - half) for at, half in zip(steps, halves, strict=True))
    yield from (
        (across + at * reach, middle + half) for at, half in zip(steps[::-1], halves[::-1], strict=True)
    )


def press(
    pen: ImageDraw.ImageDraw, across: float, strokes: tuple[tuple[float, float], ...], width: float
) -> None:
    """Draw what presses: round strokes from above and from below."""
    half = width / 2
    for top, bottom in strokes:
        pen.rounded_rectangle((across - half, top - half, across + half, bottom + half), half, WHITE)


def main() -> None:
    """Draw what is new or stale, and write the stamps of all cards."""
    checker, _ = read_checker(PROJECT / "content", drawing_names(PROJECT / "static"))
    index = CARDS / INDEX
    before: dict[str, str] = json.loads(index.read_text("utf-8")) if index.is_file() else {}
    now = {card.name: stamp(card) for card in cards_of(checker.library)}
    for card in cards_of(checker.library):
        file = PROJECT / "static" / card.file
        if before.get(card.name) != now[card.name] or not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            draw(card).quantize(palette=palette(), dither=Image.Dither.NONE).save(file, optimize=True)
    for name in before.keys() - now.keys():
        (CARDS / f"{name}.png").unlink(missing_ok=True)
    index.write_text(json.dumps(now, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
