"""The index: SQLite's FTS5 over the documents, weighted by field."""

from __future__ import annotations

import itertools
import math
import sqlite3
import threading
from array import array
from collections import Counter
from typing import TYPE_CHECKING

from app.content.searchwords import wordings_of
from app.search.documents import TERM, Document, documents_of
from app.search.query import LONGEST, Query, Slot, Understanding
from app.search.results import Found, Hit
from app.search.spelling import Speller
from app.search.telling import Telling
from app.search.wording import stems_of, words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.content.library import Library
    from app.content.searchwords import SearchWords

_CREATE = "CREATE VIRTUAL TABLE page USING fts5(title, names, opening, headings, text, content='')"
# How much a word counts in each field; this and what follows was tuned on tests/search/queries.yaml.
WEIGHTS = (10.0, 8.0, 4.0, 3.0, 1.0)
# What editors add to a query counts for less than what was typed.
ADDED = 0.7
# Of this many documents by their words the order is reckoned anew, by how much of the query each holds.
CANDIDATES = 60
COVERAGE = 0.65
NAME = 1.6
TELLING = 0.3
KINDS = {"about": 0.8, "exercise": 0.9, "guide": 1.0, "cause": 1.12, "symptom": 1.08}
OTHER_NAME = 0.92
# How rare a word is, is reckoned over title, names and opening: what pages are about.
FOREMOST = 3
MOST_TERMS = 2
TERM_FITS = 0.75
# A word in a title or a name is more likely to be meant by a misspelt one than a word in a text.
NAMED = 50.0
# What people say and no page does is known, and may be what a misspelt word means.
SAID = 10
_BY_WORDS = """
    SELECT rowid, SUM(score) AS score FROM (
        SELECT rowid, -bm25(page, {weights}) AS score FROM page WHERE page MATCH :typed {within}
        UNION ALL
        SELECT rowid, -bm25(page, {weights}) * {added} AS score FROM page WHERE page MATCH :added {within}
    ) GROUP BY rowid ORDER BY score DESC LIMIT {limit}
"""
_BY_NAME = """
    SELECT rowid FROM page WHERE page MATCH '{title names} : (' || :every || ')'
    ORDER BY bm25(page, 1, 1) LIMIT :limit
"""
_NAMED = "SELECT rowid FROM name WHERE name MATCH ? ORDER BY bm25(name) LIMIT 200"


class SearchIndex:
    """Finds pages and terms. It may be asked from several threads."""

    def __init__(self, documents: Iterable[Document], words: SearchWords, telling: Telling) -> None:
        """Index documents; `words` are those of content/search.yaml, `telling` weighs causes."""
        self._telling = telling
        self._documents = tuple(documents)
        self._pages = {one.slug: number for number, one in enumerate(self._documents) if one.kind != TERM}
        self._names = tuple(
            tuple(frozenset(stems_of(name)) for name in (one.title, *one.names)) for one in self._documents
        )
        self._ids: dict[str, int] = {}
        self._held: list[array[int]] = []
        self._there: Counter[int] = Counter()
        self._understanding = Understanding(words, _speller(self._documents, words))
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(_CREATE)
        self._database.execute("CREATE VIRTUAL TABLE name USING fts5(words, content='', prefix='1 2 3')")
        self._owners: list[int] = []
        for number, document in enumerate(self._documents):
            self._add(number, document)

    @classmethod
    def of(cls, library: Library) -> SearchIndex:
        """Make the index of all that a library knows."""
        return cls(documents_of(library), library.search, Telling(library))

    def _add(self, number: int, document: Document) -> None:
        stems = [stems_of(text) for text in _fields(document)]
        self._database.execute(
            "INSERT INTO page(rowid, title, names, opening, headings, text) VALUES (?, ?, ?, ?, ?, ?)",
            (number, *map(" ".join, stems)),
        )
        held = {self._ids.setdefault(stem, len(self._ids)) for field in stems for stem in field}
        self._held.append(array("L", held))
        self._there.update({self._ids[stem] for field in stems[:FOREMOST] for stem in field})
        for name in (document.title, *document.names):
            row = (len(self._owners), " ".join(word.folded for word in words_in(name)))
            self._database.execute("INSERT INTO name(rowid, words) VALUES (?, ?)", row)
            self._owners.append(number)

    def search(self, text: str) -> Found:
        """Find pages, and terms whose name was asked for.

        Args:
            text: what was typed: any text at all.
        """
        query = self._understanding.read(text)
        # Not one word that says something may still be a name, such as 'about us'.
        named = () if query.slots else self._named(text)
        ranked = self._ranked(query) or [(number, 1.0, 1.0) for number in named]
        scores = {number: score for number, score, _ in ranked if self._documents[number].kind != TERM}
        terms = (
            self._documents[number]
            for number, _, name in ranked
            if self._documents[number].kind == TERM and name >= TERM_FITS
        )
        danger = self._pages.get(query.danger) if query.danger else None
        if danger is not None:
            scores = {danger: math.inf, **{number: one for number, one in scores.items() if number != danger}}
        return Found(
            hits=tuple(Hit(self._documents[number], score) for number, score in scores.items()),
            terms=tuple(itertools.islice(terms, MOST_TERMS)),
            corrected=query.corrected,
            danger=None if danger is None else self._documents[danger],
            wanted=frozenset((*query.typed, *query.added)),
        )

    def speaks_of_danger(self, text: str) -> bool:
        """Tell whether what was typed speaks of an emergency; quicker than to look for pages."""
        return self._understanding.read(text).danger in self._pages

    def _ranked(self, query: Query) -> list[tuple[int, float, float]]:
        """Give documents with their scores, and how well a name of theirs fits, the best first."""
        rows = self._candidates(query) if query.slots else []
        best = max((score for _, score in rows), default=1.0)
        rarities = [self._rarity(slot) for slot in query.slots]
        alternatives = frozenset((*query.typed, *query.added))
        wanted = {self._ids[stem]: stem for stem in alternatives if stem in self._ids}
        told_of = self._telling.weigh(alternatives)
        scored = []
        for number, score in rows:
            held = {wanted[one] for one in wanted.keys() & set(self._held[number])}
            coverage = _covered(query.slots, rarities, held)
            name = max(
                (
                    _covered(query.slots, rarities, one)
                    * len(one & alternatives)
                    / len(one)
                    * (OTHER_NAME if place else 1)
                    for place, one in enumerate(self._names[number])
                    if not one.isdisjoint(alternatives)
                ),
                default=0.0,
            )
            words = score / best * (1 - COVERAGE + COVERAGE * coverage)
            prior = KINDS.get(self._documents[number].kind, 1.0)
            told = TELLING * told_of.get(self._documents[number].slug, 0.0)
            scored.append((number, (words + NAME * name) * prior + told, name))
        return sorted(scored, key=lambda one: (-one[1], self._documents[one[0]].title))

    def _candidates(self, query: Query) -> list[tuple[int, float]]:
        """Give the documents that may fit by their words or their names, with the score of their words."""
        asked = {
            "typed": _any_of(query.typed),
            "added": _any_of(query.added or query.typed),
            "every": _any_of((*query.typed, *query.added)),
            "limit": CANDIDATES,
        }
        weights = ", ".join(map(str, WEIGHTS))
        with self._lock:
            rows = dict(
                self._database.execute(
                    _BY_WORDS.format(weights=weights, added=ADDED, limit=CANDIDATES, within=""), asked
                )
            )
            named = [row for (row,) in self._database.execute(_BY_NAME, asked) if row not in rows]
            within = f"AND rowid IN ({', '.join(map(str, named))})"
            rows.update(
                self._database.execute(
                    _BY_WORDS.format(weights=weights, added=ADDED, limit=CANDIDATES, within=within), asked
                )
            )
        return list(rows.items())

    def _rarity(self, slot: Slot) -> float:
        there = self._there.get(self._ids.get(slot.stem, -1), 0)
        return math.log(1 + len(self._documents) / (1 + there))

    def suggest(self, text: str, most: int) -> tuple[Document, ...]:
        """Give documents whose names hold words that begin so, or the nearest ones."""
        pages = [self._documents[number] for number in self._named(text)]
        if pages:
            # A page of that title before those that have another name with it.
            begins = " ".join(word.folded for word in words_in(text))
            pages.sort(key=lambda page: begins not in " ".join(word.folded for word in words_in(page.title)))
            return tuple(pages[:most])
        return tuple(hit.document for hit in self.search(text).hits[:most])

    def _named(self, text: str) -> list[int]:
        """Give the pages of which a name holds words that begin as each of these does."""
        match = " AND ".join(f'"{word.folded}"*' for word in words_in(text[:LONGEST]))
        with self._lock:
            rows = self._database.execute(_NAMED, (match,)).fetchall() if match else []
        numbers = dict.fromkeys(self._owners[row] for (row,) in rows)
        return [number for number in numbers if self._documents[number].kind != TERM]


def _covered(slots: Sequence[Slot], rarities: Sequence[float], held: Collection[str]) -> float:
    """Tell which share of a query some stems hold, rare words counting for more."""
    covered = sum(
        rarity * (1.0 if slot.stem in held else max((_share(one, held) for one in slot.meanings), default=0))
        for slot, rarity in zip(slots, rarities, strict=True)
    )
    return covered / sum(rarities)


def _share(meaning: Sequence[str], held: Collection[str]) -> float:
    return sum(stem in held for stem in meaning) / len(meaning)


def _any_of(stems: Iterable[str]) -> str:
    return " OR ".join(f'"{stem}"' for stem in stems)


def _fields(document: Document) -> tuple[str, ...]:
    return (
        document.title,
        ". ".join(document.names),
        document.opening,
        document.headings,
        document.text,
    )


def _speller(documents: Iterable[Document], words: SearchWords) -> Speller:
    """Make who mends the spelling by the words of some documents, and by those that editors gave."""
    counts: Counter[str] = Counter()
    named: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for document in documents:
        for field in _fields(document):
            counts.update(word.folded for word in words_in(field))
        for name in (document.title, *document.names):
            folded = [word.folded for word in words_in(name)]
            named.update(folded)
            pairs.update(itertools.pairwise(folded))
    for wording in wordings_of(words):
        counts.update({word.folded: SAID for word in words_in(wording)})
    return Speller({word: count + NAMED * (word in named) for word, count in counts.items()}, pairs)
