"""The rules for medical words, and for names that differ between Britain and America."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.content.keys import Slug
from app.content.leaves import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.content.editorial.passages import Wording
    from app.content.library import Library

# Words of nine letters or more with an ending or a beginning that medicine took from Greek or Latin.
_MEDICAL = re.compile(
    r"\b(?=[a-z]{9})(?:"
    r"[a-z]+(?:itis|osis|opath(?:y|ies|ic)|algia|algic|ectom(?:y|ies)|otom(?:y|ies)|plasty|plegia|paresis"
    r"|aemi[ac]|uria|omata|carcinoma|graphy|graphic|aesthesia|trophy|trophic|stenosis|spasm|kinesia|ataxia)"
    r"|(?:myelo|neuro|radicul|fascic|electro|cortico|hyper|hypo|dys|haemo)[a-z]+"
    r")s?\b",
    re.IGNORECASE,
)
# Everyday words that only look like medicine.
_EVERYDAY = frozenset(
    {"electronic", "electronics", "electrician", "electricians", "electrical", "electricity"}
)
_BRACKETED = re.compile(r"\([^()]*\)")


# What has one name in Britain and another in America.
PAIRS = (
    ("paracetamol", "acetaminophen"),
    ("adrenaline", "epinephrine"),
    ("A&E", "emergency room"),
    ("motor neurone disease", "ALS"),
    ("physiotherapist", "physical therapist"),
)


def check_medical_words(wording: Wording) -> Iterator[tuple[int, str]]:
    """A long medical word is in the glossary or a page's name, or stands in brackets beside plain words."""
    told: set[str] = set()
    for passage in wording.body:
        bracketed = {
            word.lower() for part in _BRACKETED.findall(passage.text) for word in _MEDICAL.findall(part)
        }
        for match in _MEDICAL.finditer(passage.text):
            word = match.group().lower()
            if word in told or word in _EVERYDAY or {word, word.removesuffix("s")} & wording.known:
                continue
            told.add(word)
            if word not in bracketed and not passage.text[match.end() :].startswith(" ("):
                how = f"'{match.group()}' is a long medical word; say it plainly, or add it to the glossary"
                yield passage.line, how


def check_names_of_both_countries(wording: Wording) -> Iterator[tuple[int, str]]:
    """What has other names in Britain and America is given by both, here or on a page that is linked."""
    names = " ; ".join((*_names_around(wording), *(passage.text for passage in wording.passages)))
    for british, american in PAIRS:
        for one, other in ((british, american), (american, british)):
            at = next((passage for passage in wording.passages if _says(passage.text, one)), None)
            if at is not None and not _says(names, other):
                yield at.line, f"'{one}' has another name elsewhere; add '{other}' once in brackets"


def _names_around(wording: Wording) -> Iterator[str]:
    """Give the names of a page, and of the pages and words that it points at."""
    page, library = wording.page, wording.library
    keys: set[str] = {leaf for _, leaf in leaves(page) if isinstance(leaf, Slug)}
    references = [placed.reference for placed in page.body.references]
    keys |= {reference.key for reference in references if reference.kind == "page"}
    for named in (page, *(library.pages[key] for key in sorted(keys))):
        yield from (named.title, *named.names)
    for reference in references:
        if reference.kind == "term":
            term = library.terms[reference.key]
            yield from (term.term, *term.also)


def _says(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None


def known_words(library: Library) -> frozenset[str]:
    """Give the words that need no explaining: those of the glossary and of the names of pages."""
    names = [name for term in library.terms.values() for name in (term.term, *term.also)]
    names += [name for page in library.pages.values() for name in (page.title, *page.names)]
    return frozenset(word for name in names for word in re.findall(r"[a-z]+", name.lower()))
