"""The index: finds documents by their words and names, and puts them in order."""

from __future__ import annotations

import heapq
import itertools
import json
import math
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from app.content.searchwords import wordings_of
from app.search.coverage import Coverage
from app.search.documents import TERM, Document, documents_of
from app.search.postings import Postings
from app.search.query import LONGEST, Query, Understanding
from app.search.results import Found, Hit
from app.search.spelling import Speller
from app.search.store import file_of, stored
from app.search.telling import Telling
from app.search.wording import words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from app.content.library import Library
    from app.content.searchwords import SearchWords

# What editors add to a query counts for less than what was typed; this and what follows was tuned on
# tests/search/queries.yaml.
ADDED = 0.7
# Of this many documents by their words the order is reckoned anew, by how much of the query each holds.
CANDIDATES = 60
COVERAGE = 0.65
NAME = 1.6
TELLING = 0.3
KINDS = {"about": 0.8, "exercise": 0.9, "guide": 1.0, "cause": 1.12, "symptom": 1.08}
OTHER_NAME = 0.92
MOST_TERMS = 2
TERM_FITS = 0.75
# A word in a title or a name is more likely to be meant by a misspelt one than a word in a text.
NAMED = 50.0
# What people say and no page does is known, and may be what a misspelt word means.
SAID = 10
_NAMED = """
    SELECT number FROM (SELECT rowid AS row FROM name WHERE name MATCH ? ORDER BY bm25(name) LIMIT 200)
    JOIN owner USING (row)
"""
_DOCUMENT = "SELECT number, kind, slug, title, names, opening, headings, text, stems_of_names FROM document"
_PAIR = "SELECT 1 FROM pair WHERE before = ? AND after = ?"
_POSTINGS = "SELECT stem, numbers, scores, named, name_scores, foremost FROM posting"
# So many matches are looked at in a search, or all of the one rarest word.
MOST_MATCHES = 1500


class SearchIndex:
    """Finds pages and terms. It may be asked from several threads."""

    def __init__(
        self,
        documents: Callable[[], Iterable[Document]],
        words: SearchWords,
        telling: Telling,
        file: Path | None = None,
    ) -> None:
        """Index documents, or take up their index from a file.

        Args:
            documents: gives the documents, where they have to be indexed.
            words: those of content/search.yaml.
            telling: weighs causes.
            file: where the index is kept (`app.search.store`); None keeps it in memory.
        """
        self._telling = telling
        self._database = stored(documents, file)
        self._lock = threading.Lock()
        (self._count,) = self._database.execute("SELECT COUNT(*) FROM document").fetchone()
        self._understanding = Understanding(words, Speller(self._weights(words), self._stand_beside))

    @classmethod
    def of(cls, library: Library, cache_folder: Path | None = None) -> SearchIndex:
        """Make the index of all that a library knows, or take it up from the cache folder."""
        file = file_of(library, cache_folder)
        return cls(lambda: documents_of(library), library.search, Telling(library), file)

    def search(self, text: str) -> Found:
        """Find pages, and terms whose name was asked for.

        Args:
            text: what was typed: any text at all.
        """
        query = self._understanding.read(text)
        # Not one word that says something may still be a name, such as 'about us'.
        named = () if query.slots else self._named(text)
        ranked = self._ranked(query) or [(document, 1.0, 1.0) for document in named]
        terms = (document for document, _, name in ranked if document.kind == TERM and name >= TERM_FITS)
        hits = [Hit(document, score) for document, score, _ in ranked if document.kind != TERM]
        danger = self._page(query.danger) if query.danger else None
        if danger is not None:
            hits = [Hit(danger, math.inf), *(hit for hit in hits if hit.document.slug != danger.slug)]
        return Found(
            hits=tuple(hits),
            terms=tuple(itertools.islice(terms, MOST_TERMS)),
            corrected=query.corrected,
            danger=danger,
            wanted=frozenset((*query.typed, *query.added)),
        )

    def speaks_of_danger(self, text: str) -> bool:
        """Tell whether what was typed speaks of an emergency; quicker than to look for pages."""
        danger = self._understanding.read(text).danger
        return danger is not None and self._page(danger) is not None

    def _ranked(self, query: Query) -> list[tuple[Document, float, float]]:
        """Give documents with their scores, and how well a name of theirs fits, the best first."""
        if not query.slots:
            return []
        alternatives = frozenset((*query.typed, *query.added))
        postings = self._postings(alternatives)
        by_words = _candidates(query, postings)
        best = max(by_words.values(), default=1.0)
        held_in = _held_in(by_words, postings)
        rarities = [
            math.log(1 + self._count / (1 + (postings[slot.stem].foremost if slot.stem in postings else 0)))
            for slot in query.slots
        ]
        coverage = Coverage(query.slots, rarities)
        documents = self._documents(by_words)
        told_of = self._telling.weigh(alternatives, {document.slug for document, _ in documents.values()})
        scored = []
        for number, (document, names) in documents.items():
            name = max(
                (
                    coverage.of(held) * len(held) / len(one) * (OTHER_NAME if place else 1)
                    for place, one in enumerate(_stems_of_names(names))
                    if (held := one & alternatives)
                ),
                default=0.0,
            )
            words = (
                by_words[number] / best * (1 - COVERAGE + COVERAGE * coverage.of(frozenset(held_in[number])))
            )
            prior = KINDS.get(document.kind, 1.0)
            told = TELLING * told_of.get(document.slug, 0.0)
            scored.append((document, (words + NAME * name) * prior + told, name))
        return sorted(scored, key=lambda one: (-one[1], one[0].title))

    def _postings(self, stems: Collection[str]) -> dict[str, Postings]:
        """Give where those stems stand that are there at all."""
        rows = self._asked(f"{_POSTINGS} WHERE stem IN ({_marks(stems)})", stems)
        return {stem: Postings.of_row(*parts) for stem, *parts in rows}

    def _documents(self, numbers: Collection[int]) -> dict[int, tuple[Document, str]]:
        """Give documents by their numbers, each with the stems of its names."""
        rows = self._asked(f"{_DOCUMENT} WHERE number IN ({_marks(numbers)})", numbers)
        return {row[0]: (_document(row), row[8]) for row in rows}

    def _page(self, slug: str) -> Document | None:
        rows = self._asked(f"{_DOCUMENT} WHERE slug = ? AND kind != '{TERM}'", (slug,))
        return _document(rows[0]) if rows else None

    def _weights(self, words: SearchWords) -> dict[str, float]:
        """Weigh the words of the documents, and those that editors gave, for who mends the spelling."""
        weights: defaultdict[str, float] = defaultdict(float)
        for word, number, named in self._asked("SELECT word, number, named FROM word", ()):
            weights[word] = number + NAMED * named
        for wording in wordings_of(words):
            for word in {word.folded for word in words_in(wording)}:
                weights[word] += SAID
        return weights

    def _stand_beside(self, before: str, after: str) -> bool:
        return self._asked(_PAIR, (before, after)) != []

    def _asked(self, question: str, values: Iterable[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(question, tuple(values)).fetchall()

    def suggest(self, text: str, most: int) -> tuple[Document, ...]:
        """Give documents whose names hold words that begin so, or the nearest ones."""
        pages = self._named(text)
        if pages:
            # A page of that title before those that have another name with it.
            begins = " ".join(word.folded for word in words_in(text))
            pages.sort(key=lambda page: begins not in " ".join(word.folded for word in words_in(page.title)))
            return tuple(pages[:most])
        return tuple(hit.document for hit in self.search(text).hits[:most])

    def _named(self, text: str) -> list[Document]:
        """Give the pages of which a name holds words that begin as each of these does."""
        match = " AND ".join(f'"{word.folded}"*' for word in words_in(text[:LONGEST]))
        numbers = [number for (number,) in self._asked(_NAMED, (match,))] if match else []
        documents = self._documents(dict.fromkeys(numbers))
        found = (documents[number][0] for number in dict.fromkeys(numbers))
        return [document for document in found if document.kind != TERM]


def _candidates(query: Query, postings: Mapping[str, Postings]) -> dict[int, float]:
    """Give the documents that may fit by their words or their names, with the score of their words."""
    sought = _telling_most(postings)
    by_words: defaultdict[int, float] = defaultdict(float)
    by_names: defaultdict[int, float] = defaultdict(float)
    for stems, share in ((query.typed, 1.0), (query.added, ADDED)):
        for stem in stems:
            if stem in sought:
                held = postings[stem]
                for number, score in zip(held.numbers, held.scores, strict=True):
                    by_words[number] += share * score
                for number, score in zip(held.named, held.name_scores, strict=True):
                    by_names[number] += score
    first = heapq.nlargest(CANDIDATES, by_words, by_words.__getitem__)
    named = heapq.nlargest(CANDIDATES, by_names, by_names.__getitem__)
    return {number: by_words[number] for number in (*first, *named)}


def _telling_most(postings: Mapping[str, Postings]) -> set[str]:
    """Give the stems by which documents are looked for: the rarest, until so many documents hold them.

    A word that stands nearly everywhere tells no page from another, and would make each search look at all.
    """
    sought: set[str] = set()
    documents = 0
    for number, stem in sorted((len(held.numbers), stem) for stem, held in postings.items()):
        documents += number
        if sought and documents > MOST_MATCHES:
            break
        sought.add(stem)
    return sought


def _held_in(documents: Collection[int], postings: Mapping[str, Postings]) -> dict[int, list[str]]:
    """Give the stems that stand in each of some documents."""
    held_in: dict[int, list[str]] = {number: [] for number in documents}
    for stem, held in postings.items():
        for number in held.among(documents):
            held_in[number].append(stem)
    return held_in


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _document(row: tuple[Any, ...]) -> Document:
    _, kind, slug, title, names, opening, headings, text, *_ = row
    return Document(kind, slug, title, tuple(json.loads(names)), opening, headings, text)


def _stems_of_names(kept: str) -> list[frozenset[str]]:
    return [frozenset(name.split()) for name in kept.split("|")]
