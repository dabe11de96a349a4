"""All rules over all pages, less what a page waives; and the figures over the site."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.content.editorial import card_rules, page_rules, prose_rules, site_rules, word_rules
from app.content.editorial.passages import Wording, read_wording
from app.content.editorial.reading import names_of, reading_grade
from app.content.problems import Problem, Rule

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from app.content.library import Library
    from app.content.pages import Page

PAGE_RULES: Mapping[Rule, Callable[[Wording], Iterator[tuple[int, str]]]] = MappingProxyType(
    {
        Rule.LONG_SENTENCE: prose_rules.check_sentences,
        Rule.LONG_PARAGRAPH: prose_rules.check_paragraphs,
        Rule.LONG_CARD: card_rules.check_card_length,
        Rule.CARD_ORDER: card_rules.check_card_order,
        Rule.VAGUE_CARD: card_rules.check_card_words,
        Rule.CARD_LINK: card_rules.check_card_links,
        Rule.SECTIONS: page_rules.check_sections,
        Rule.ONE_ORGANISATION: page_rules.check_organisations,
        Rule.LONG_REVIEW: page_rules.check_review_interval,
        Rule.MEDICAL_WORD: word_rules.check_medical_words,
        Rule.ONE_COUNTRY: word_rules.check_names_of_both_countries,
        Rule.TONE: prose_rules.check_tone,
        Rule.DIAGNOSIS: prose_rules.check_outcome_words,
        Rule.FAQ_LENGTH: prose_rules.check_faq_length,
        Rule.EMPTY_ALTERNATIVE: page_rules.check_alternatives,
        Rule.EMPTY_LINK: prose_rules.check_link_texts,
        Rule.NUMBER_WITHOUT_SOURCE: prose_rules.check_figures,
    }
)
# A date is no matter of taste, and a waiver cannot waive itself.
NEVER_WAIVED = frozenset({Rule.SITE_HARD_TO_READ, Rule.LONG_REVIEW, Rule.REVIEW_NEAR, Rule.NEEDLESS_WAIVER})


@dataclass(frozen=True, slots=True)
class Editorial:
    """What the house rules found, and the reading grade of each page by its slug."""

    problems: tuple[Problem, ...]
    grades: Mapping[str, float]


def check_editorial(root: Path, library: Library, today: datetime.date) -> Editorial:
    """Hold every page that is shown against the house rules.

    Args:
        root: the content folder that the library was read from.
        library: everything the site knows.
        today: the day by which reviews are judged.

    Raises:
        OSError: a file has changed since the library was read.
    """
    pages = [page for page in library.pages.values() if page.withdrawn is None]
    known = word_rules.known_words(library)
    wordings = [read_wording(root, page, library, known) for page in pages]
    names = names_of(library)
    grades = {wording.page.slug: reading_grade(wording.prose, names) for wording in wordings}
    found = [problem for wording in wordings for problem in _of_page(wording, grades[wording.page.slug])]
    found += [
        Problem(page.path, line, Rule.DUPLICATE_SENTENCE, how)
        for page, line, how in site_rules.check_duplicates(wordings)
    ]
    found += [
        Problem(library.pages[slug].path, 1, Rule.SITE_HARD_TO_READ, how)
        for slug, how in site_rules.check_median_grade(grades)
    ]
    found += [
        Problem(page.path, 1, Rule.REVIEW_NEAR, how, warning=True)
        for page in pages
        for how in site_rules.check_review_dates(page, today)
    ]
    return Editorial(tuple(sorted(_less_waived(found, wordings))), MappingProxyType(grades))


def _of_page(wording: Wording, grade: float) -> Iterator[Problem]:
    path = wording.page.path
    for how in site_rules.check_grade(grade):
        yield Problem(path, wording.first_line, Rule.HARD_TO_READ, how)
    for rule, check in PAGE_RULES.items():
        for line, how in check(wording):
            yield Problem(path, line, rule, how)


def _less_waived(found: Iterable[Problem], wordings: Iterable[Wording]) -> Iterator[Problem]:
    """Leave out what pages waive; tell a waiver of what may not be waived, or of what is not broken."""
    waived = {(wording.page.path, code) for wording in wordings for code in wording.page.waive}
    allowed = {rule.value for rule in Rule if rule.value.startswith("E")} - {
        rule.value for rule in NEVER_WAIVED
    }
    used: set[tuple[str, str]] = set()
    for problem in found:
        key = (problem.path, problem.rule.value)
        if key in waived and problem.rule.value in allowed:
            used.add(key)
        else:
            yield problem
    for wording in wordings:
        for code in wording.page.waive:
            if (wording.page.path, code) not in used:
                why = "this page does not break it" if code in allowed else "no such rule can be waived"
                how = f"the waiver of {code} is not needed: {why}; take it out"
                yield Problem(wording.page.path, wording.lines.at(("waive", code)), Rule.NEEDLESS_WAIVER, how)


def report(library: Library, grades: Mapping[str, float], today: datetime.date) -> Iterator[str]:
    """Give the figures over the site, line by line.

    Args:
        library: everything the site knows.
        grades: the reading grade of each page by its slug.
        today: the day by which reviews are judged.
    """
    pages = sorted((library.pages[slug] for slug in grades), key=lambda page: (page.kind, -grades[page.slug]))
    for kind, number in sorted(Counter(page.kind for page in pages).items()):
        yield f"{number:4} {kind}"
    for family, number in sorted(Counter(cause.family for cause in library.causes).items()):
        yield f"{number:4} cause, {family}"
    yield f"{len(library.terms):4} term"
    for (tier, read), number in sorted(Counter((s.tier, s.read) for s in library.sources.values()).items()):
        yield f"{number:4} source of tier {tier}, {'whole text' if read == 'whole' else 'excerpt'} read"
    if grades:
        yield f"{median(grades.values()):4.1f} median reading grade"
    overdue = [page for page in pages if page.overdue(today)]
    yield f"{len(overdue):4} page with a review overdue"
    yield f"{sum(page.reviewed_by is None for page in pages):4} page not reviewed by a clinician"
    yield f"{sum(len(page.waive) for page in pages):4} waiver"
    for page in pages:
        yield _line(page, grades[page.slug], today)


def _line(page: Page, grade: float, today: datetime.date) -> str:
    notes = [f"review overdue since {page.review_due}"] * page.overdue(today)
    notes += [f"waives {code}: {reason}" for code, reason in page.waive.items()]
    return "; ".join((f"{grade:4.1f} grade, {len(page.sources):2} sources, {page.path}", *notes))
