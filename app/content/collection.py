"""The content folder -> a library, or every problem of every file at once."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.content.library import Library
from app.content.pages import PAGE_TYPES, Page, SiteFacts, Source, Term
from app.content.problems import Problem, Rule
from app.content.reader import did_you_mean, read_page, read_yaml
from app.content.references import Placed, check_references
from app.content.searchwords import SearchWords
from app.content.vocabulary import Vocabulary

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from app.content.frontmatter import Lines

_SOURCES, _TERMS, _SITE, _SEARCH = "sources.yaml", "glossary.yaml", "site.yaml", "search.yaml"
_OPTIONS, _QUESTIONS = "questionnaire/options.yaml", "questionnaire/questions.yaml"
SCORES, PROOFS = "checker-scores.yaml", "checker-proofs.yaml"


def read_vocabulary(root: Path) -> tuple[Vocabulary | None, list[Problem]]:
    """Read the options of the checker from the content folder.

    Returns:
        The vocabulary (None when its file does not fit) and the problems.
    """
    path = f"{root.name}/{_OPTIONS}"
    vocabulary, lines, problems = read_yaml(root / _OPTIONS, path, Vocabulary)
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
    root: Path, vocabulary: Vocabulary | None, drawings: Collection[str]
) -> tuple[Library | None, list[Problem]]:
    """Read the content folder.

    Args:
        root: the folder; problems name files by their path below it, with its own name in front.
        vocabulary: the options that evidence and rules may name; None when they could not be read.
        drawings: the names of the drawings that figures may show.

    Returns:
        The library (None when any problem is more than a warning) and all problems.
    """
    problems = list(_unexpected(root))
    files: list[Placed] = []

    def whole(name: str, model: Any) -> Any:  # noqa: ANN401 - the model's own type
        value, lines, found = read_yaml(root / name, f"{root.name}/{name}", model)
        problems.extend(found)
        fixed = MappingProxyType(value) if isinstance(value, dict) else value
        files.append(Placed(fixed, f"{root.name}/{name}", lines))
        return fixed

    sources: Mapping[str, Source] | None = whole(_SOURCES, dict[str, Source])
    terms: Mapping[str, Term] | None = whole(_TERMS, dict[str, Term])
    site: SiteFacts | None = whole(_SITE, SiteFacts)
    search: SearchWords | None = whole(_SEARCH, SearchWords)
    pages, unread, found = _read_pages(root, files)
    problems += found
    if sources is None or terms is None or site is None or search is None or vocabulary is None:
        return None, sorted(problems)
    library = Library(MappingProxyType(pages), sources, terms, vocabulary, site, search)
    problems += check_references(library, files, drawings, unread)
    broken = any(not problem.warning for problem in problems)
    return (None if broken else library), sorted(problems)


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


def content_files(root: Path) -> list[Path]:
    """Give every file of the content folder, hidden ones left out, in order."""
    return sorted(
        file
        for file in root.rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(root).parts)
    )


def _read_pages(root: Path, files: list[Placed]) -> tuple[dict[str, Page], set[str], list[Problem]]:
    """Read every page; give also the slugs of those that could not be read."""
    pages: dict[str, Page] = {}
    unread: set[str] = set()
    titles: dict[str, Page] = {}
    problems: list[Problem] = []
    for folder, page_type in PAGE_TYPES.items():
        for file in sorted((root / folder).glob("[!.]*.md")):
            path = f"{root.name}/{folder}/{file.name}"
            page, lines, found = read_page(file, path, page_type)
            problems += found
            if page is None:
                unread.add(file.stem)
                continue
            problems += _twice(page, pages, titles, lines)
            pages.setdefault(page.slug, page)
            titles.setdefault(page.title.casefold(), page)
            files.append(Placed(page, path, lines))
    return pages, unread, problems


def _twice(
    page: Page, pages: Mapping[str, Page], titles: Mapping[str, Page], lines: Lines
) -> Iterator[Problem]:
    if page.slug in pages:
        how = f"{pages[page.slug].path} has the same slug; rename one of them"
        yield Problem(page.path, 1, Rule.SAME_SLUG, how)
    other = titles.get(page.title.casefold())
    if other is not None:
        how = f"{other.path} has the same title; change one of them"
        yield Problem(page.path, lines.at(("title",)), Rule.SAME_TITLE, how)


def _unexpected(root: Path) -> Iterator[Problem]:
    known = {_SOURCES, _TERMS, _SITE, _SEARCH, _OPTIONS, _QUESTIONS, SCORES, PROOFS}
    for file in content_files(root):
        name = file.relative_to(root).as_posix()
        folder, _, rest = name.partition("/")
        if name in known or (folder in PAGE_TYPES and rest.endswith(".md") and "/" not in rest):
            continue
        how = f"this file is not read; pages are .md files in {', '.join(PAGE_TYPES)}"
        yield Problem(f"{root.name}/{name}", 1, Rule.UNEXPECTED_FILE, how)
