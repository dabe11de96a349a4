"""A content folder of any size, for measuring: the real content, and generated pages beside it.

Each generated page is modelled on a real one of its kind, so that it has the length, the parts, the front
matter and the citations of a real page and is read and checked as one. Its prose is made of sentences of
all pages, and its names of their words, each as often as pages use it, which keeps their spread (Zipf's).
Emergencies, symptoms and pages about the site are not generated, since every site has few of them.

    python -m tests.benchmarks.generated 10000 FOLDER
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REAL = Path(__file__).resolve().parents[2] / "content"
KINDS = ("causes", "treatments", "exercises", "guides", "faq")
SEED = 20261201
LONGEST_DESCRIPTION = 160
_SENTENCE = re.compile(r"[A-Z][a-z ,;'-]{20,150}\.")
_SENTENCES_AND_CITATIONS = re.compile(r"(?P<said>[^\[\].!?]+[.!?])(?P<cited>(?:\s*\[@[a-z0-9_]+\])*)\s*")
_WORD = re.compile(r"[a-z]{4,}")


def write_content(pages: int, folder: Path, seed: int = SEED) -> None:
    """Write the real content and generated pages.

    Args:
        pages: how many pages to generate beside the real ones.
        folder: where; it must not be there yet.
        seed: the same seed writes the same pages.
    """
    shutil.copytree(REAL, folder)
    models = [file for kind in KINDS for file in sorted((REAL / kind).glob("*.md"))]
    prose = [_parts(file)[1] for file in models]
    sentences = [found for text in prose for found in _SENTENCE.findall(text)]
    words = [found for text in prose for found in _WORD.findall(text)]
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    for number in range(pages):
        model = models[number % len(models)]
        name = " ".join(chance.choices(words, k=3))
        text = "\n".join(_page(model, f"{name} {number}".capitalize(), sentences, words, chance))
        (folder / model.parent.name / f"{name.replace(' ', '-')}-{number}.md").write_text(text, "utf-8")


def _parts(file: Path) -> tuple[str, str]:
    front, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    return front, body


def _page(
    model: Path, title: str, sentences: Sequence[str], words: Sequence[str], chance: random.Random
) -> Iterator[str]:
    front, body = _parts(model)
    yield "---"
    for line in front.splitlines():
        if line.startswith("title: "):
            yield f"title: {title}"
        elif line.startswith("names: "):
            names = (" ".join(chance.choices(words, k=2)) for _ in range(line.count(",") + 1))
            yield f"names: [{', '.join(dict.fromkeys(names))}]"
        elif line.startswith("description: "):
            yield f'description: "{chance.choice(sentences)[:LONGEST_DESCRIPTION]}"'
        else:
            yield line
    yield "---"
    inside = False
    for line in body.splitlines():
        inside = line.rstrip() != "///" if line.startswith("///") else inside
        yield line if inside or not line[:1].isupper() else _said_anew(line, sentences, chance)


def _said_anew(paragraph: str, sentences: Sequence[str], chance: random.Random) -> str:
    """Put other sentences in the place of those of a paragraph; what is cited stays cited."""
    if not _SENTENCES_AND_CITATIONS.sub("", paragraph).strip():
        return _SENTENCES_AND_CITATIONS.sub(
            lambda match: f"{chance.choice(sentences)}{match['cited']} ", paragraph
        ).rstrip()
    return paragraph


if __name__ == "__main__":
    write_content(int(sys.argv[1]), Path(sys.argv[2]))
