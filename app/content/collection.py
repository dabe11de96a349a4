"""The content folder -> a library, or every problem of every file at once."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from app.content.cache import NO_CACHE, digest_of
from app.content.claims import claims_that_fail, sources_claimed
from app.content.library import Library
from app.content.page_files import keep_page, read_page_files, read_yaml_once
from app.content.pages import PAGE_TYPES, Page, SiteFacts, Source, Term
from app.content.problems import Problem, Rule
from app.content.reader import did_you_mean
from app.content.references import Placed, check_references
from app.content.searchwords import SearchWords
from app.content.vocabulary import Vocabulary

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator, Mapping

    from app.content.cache import Cache
    from app.content.page_files import PageFile

T = TypeVar("T")
_SOURCES, _TERMS, _SITE, _SEARCH = "sources.yaml", "glossary.yaml", "site.yaml", "search.yaml"
_OPTIONS, _QUESTIONS = "questionnaire/options.yaml", "questionnaire/questions.yaml"
SCORES, PROOFS = "checker-scores.yaml", "checker-proofs.yaml"


def read_vocabulary(root: Path, cache: Cache = NO_CACHE) -> tuple[Vocabulary | None, list[Problem]]:
    """Read the options of the checker from the content folder.

    Args:
        root: the content folder.
        cache: what was read before.

    Returns:
        The vocabulary (None when its file does not fit) and the problems.
    """
    path = f"{root.name}/{_OPTIONS}"
    vocabulary, lines, problems = read_yaml_once(root / _OPTIONS, path, Vocabulary, cache)
    seen: set[str] = set()
    for place, group in enumerate(vocabulary.groups if vocabulary else ()):
        for option in group.options:
            line = lines.at(("groups", place, "options", option))
            if not option.startswith(f"{group.prefix}."):
                how = f"the option '{option}' must begin with the prefix of its group, '{group.prefix}.'"
                problems.append(Problem(path, line, Rule.BAD_VALUE, how))
            if option in seen:
                how = f"the option '{option}' stands in two groups; keep one"
                problems.append(Problem(path, line, Rule.DUPLICATE_KEY, how))
            seen.add(option)
    for place, group in enumerate(vocabulary.groups if vocabulary else ()):
        for option, words in group.options.items():
            for number, other in enumerate(words.contradicts):
                if other not in seen or other == option:
                    at = lines.at(("groups", place, "options", option, "contradicts", number))
                    how = f"'{option}' cannot contradict '{other}'{did_you_mean(other, seen - {option})}"
                    problems.append(Problem(path, at, Rule.UNKNOWN_OPTION, how))
    return (None if problems else vocabulary), problems


def read_library(
    root: Path, vocabulary: Vocabulary | None, drawings: Collection[str], cache: Cache = NO_CACHE
) -> tuple[Library | None, list[Problem]]:
    """Read the content folder.

    Args:
        root: the folder; problems name files by their path below it, with its own name in front.
        vocabulary: the options that evidence and rules may name; None when they could not be read.
        drawings: the names of the drawings that figures may show.
        cache: what was read before; what is read anew is kept in it.

    Returns:
        The library (None when any problem is more than a warning) and all problems.
    """
    try:
        names = content_names(root)
    except OSError as error:
        where = Path(error.filename).relative_to(root.parent)
        how = f"this folder cannot be read: {error.strerror}"
        return None, [Problem(str(where), 1, Rule.MISSING_FILE, how)]
    problems = list(_unexpected(root, names))
    files: dict[str, Placed] = {}

    def whole(name: str, model: type[T]) -> T | None:
        value, lines, found = read_yaml_once(root / name, f"{root.name}/{name}", model, cache)
        problems.extend(found)
        files[name] = Placed(value, f"{root.name}/{name}", lines)
        return value

    sources = whole(_SOURCES, dict[str, Source])
    terms = whole(_TERMS, dict[str, Term])
    site = whole(_SITE, SiteFacts)
    search = whole(_SEARCH, SearchWords)
    of_pages = [name for folder in PAGE_TYPES for name in names if _is_page_of(name, folder)]
    page_files, digests = read_page_files(root, of_pages, cache)
    digest = _digest(root, names, dict(zip(of_pages, digests, strict=True)))
    pages, unread, found = _pages_of(page_files)
    problems += found
    if sources is None or terms is None or site is None or search is None or vocabulary is None:
        return None, sorted(problems)
    fixed = MappingProxyType(pages), MappingProxyType(sources), MappingProxyType(terms)
    library = Library(*fixed, vocabulary, site, search, digest)
    problems += _check(library, files, page_files, drawings, unread, cache)
    broken = any(not problem.warning for problem in problems)
    return (None if broken else library), sorted(problems)


def _check(
    library: Library,
    files: Mapping[str, Placed],
    page_files: Collection[PageFile],
    drawings: Collection[str],
    unread: Collection[str],
    cache: Cache,
) -> list[Problem]:
    """Check what points at something; of a page out of the cache it is enough that its claims hold."""
    claims = set(chain.from_iterable(one.claims or () for one in page_files))
    failing = claims_that_fail(claims, library, drawings, unread)
    checked = [
        one
        for one in page_files
        if one.page is not None and (one.claims is None or not failing.isdisjoint(one.claims))
    ]
    placed = [Placed(one.page, one.path, one.lines) for one in checked]
    cited = sources_claimed(claims)
    everything = [*files.values(), *placed]
    problems = list(check_references(library, everything, files[_SOURCES], drawings, unread, cited))
    at_fault = {problem.path for problem in problems}
    for one in checked:
        if one.page is not None and not one.problems and one.path not in at_fault:
            keep_page(one.page, one.key, cache)
    return problems


def _digest(root: Path, names: Collection[str], known: Mapping[str, bytes]) -> str:
    """Give a short name to the content as it is: the same files have the same name.

    Figures about the rules are left out: to measure them again does not make other rules.
    """
    return digest_of(
        *(
            digest_of(name.encode(), known.get(name) or digest_of((root / name).read_bytes()))
            for name in names
            if name not in (SCORES, PROOFS)
        )
    ).hex()[:12]


def overdue_pages(library: Library, today: datetime.date) -> list[Problem]:
    """Give a warning for each page whose day for review has passed."""
    return [
        Problem(
            page.path,
            1,
            Rule.REVIEW_OVERDUE,
            f"the review was due on {page.review_due}; read the sources again and set the dates",
            warning=True,
        )
        for page in library.pages.values()
        if page.withdrawn is None and page.overdue(today)
    ]


def changes_to_come(library: Library, today: datetime.date) -> list[Problem]:
    """Give a warning for each change that names a day after today."""
    return [
        Problem(
            page.path,
            1,
            Rule.CHANGE_TO_COME,
            f"a change is dated {page.changes[0].date}, which is yet to come; name the day it is made",
            warning=True,
        )
        for page in library.pages.values()
        if page.changes and page.changes[0].date > today
    ]


def content_names(root: Path) -> list[str]:
    """Give the path of every file of the content folder below it, hidden ones left out, in order.

    What has the name of a page and cannot be read, such as a link that leads nowhere, is among them: whoever
    reads it is told.

    Raises:
        OSError: a folder cannot be read.
    """
    return sorted(_names_in(root, ""))


def _names_in(folder: Path, before: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            # pathlib finds a link that leads to itself to be nothing; entries of a folder raise then.
            if entry.is_file(follow_symlinks=False):
                yield f"{before}{entry.name}"
            elif path.is_dir() and path.suffix != ".md":
                yield from _names_in(path, f"{before}{entry.name}/")
            elif path.is_file() or path.is_dir() or not path.exists():
                yield f"{before}{entry.name}"


def _is_page_of(name: str, folder: str) -> bool:
    return name.startswith(f"{folder}/") and name.endswith(".md") and name.count("/") == 1


def _pages_of(files: Collection[PageFile]) -> tuple[dict[str, Page], set[str], list[Problem]]:
    """Give every page by its slug, the slugs of those that could not be read, and the problems."""
    pages: dict[str, Page] = {}
    unread: set[str] = set()
    titles: dict[str, Page] = {}
    problems: list[Problem] = []
    for file in files:
        page = file.page
        if page is None:
            unread.add(file.file.stem)
        else:
            twice = list(_twice(page, pages, titles, file))
            # What has a problem is not kept for the next time.
            file.problems += twice
            pages.setdefault(page.slug, page)
            titles.setdefault(page.title.casefold(), page)
        problems += file.problems
    return pages, unread, problems


def _twice(
    page: Page, pages: Mapping[str, Page], titles: Mapping[str, Page], file: PageFile
) -> Iterator[Problem]:
    if page.slug in pages:
        how = f"{pages[page.slug].path} has the same slug; rename one of them"
        yield Problem(page.path, 1, Rule.SAME_SLUG, how)
    other = titles.get(page.title.casefold())
    if other is not None:
        how = f"{other.path} has the same title; change one of them"
        yield Problem(page.path, file.lines.at(("title",)), Rule.SAME_TITLE, how)


def _unexpected(root: Path, names: Collection[str]) -> Iterator[Problem]:
    known = {_SOURCES, _TERMS, _SITE, _SEARCH, _OPTIONS, _QUESTIONS, SCORES, PROOFS}
    for name in names:
        if name in known or any(_is_page_of(name, folder) for folder in PAGE_TYPES):
            continue
        how = f"this file is not read; pages are .md files in {', '.join(PAGE_TYPES)}"
        yield Problem(f"{root.name}/{name}", 1, Rule.UNEXPECTED_FILE, how)
