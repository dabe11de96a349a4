"""What can be wrong with the content, told with its place, a stable code, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules of the content, by stable code. A code is never given to another rule."""

    NO_FRONT_MATTER = "C001"
    UNCLOSED_FRONT_MATTER = "C002"
    YAML_SYNTAX = "C003"
    DUPLICATE_KEY = "C004"
    UNKNOWN_KEY = "C005"
    MISSING_KEY = "C006"
    BAD_VALUE = "C007"
    BAD_FILE_NAME = "C008"
    SAME_SLUG = "C009"
    SAME_TITLE = "C010"
    UNKNOWN_PAGE = "C011"
    UNKNOWN_SOURCE = "C012"
    UNKNOWN_OPTION = "C013"
    UNKNOWN_TERM = "C014"
    UNKNOWN_PLACE = "C015"
    UNSAFE_LINK = "C016"
    UNKNOWN_ANCHOR = "C017"
    SOURCE_NOT_LISTED = "C018"
    SOURCE_NOT_USED = "C019"
    REVIEW_OVERDUE = "C020"
    NOT_PLAIN_TEXT = "C021"
    UNEXPECTED_FILE = "C022"
    MISSING_FILE = "C023"
    LINK_TO_WITHDRAWN = "C024"
    SAME_SOURCE = "C025"
    CHANGE_TO_COME = "C026"
    UNKNOWN_BLOCK = "M001"
    UNCLOSED_BLOCK = "M002"
    STRAY_FENCE = "M003"
    UNKNOWN_TABLE = "M004"
    BAD_ATTRIBUTE = "M005"
    HEADING_LEVEL = "M006"
    IMAGE_OUTSIDE_FIGURE = "M007"
    UNKNOWN_DRAWING = "M008"
    CARD_TWICE = "M009"
    BAD_BLOCK = "M010"
    RAW_HTML = "M011"
    UNKNOWN_FOOTNOTE = "M012"
    HARD_TO_READ = "E001"
    SITE_HARD_TO_READ = "E002"
    LONG_SENTENCE = "E003"
    LONG_PARAGRAPH = "E004"
    LONG_CARD = "E005"
    CARD_ORDER = "E006"
    VAGUE_CARD = "E007"
    CARD_LINK = "E008"
    SECTIONS = "E009"
    ONE_ORGANISATION = "E010"
    LONG_REVIEW = "E011"
    REVIEW_NEAR = "E012"
    MEDICAL_WORD = "E013"
    ONE_COUNTRY = "E014"
    TONE = "E015"
    DIAGNOSIS = "E016"
    DUPLICATE_SENTENCE = "E017"
    FAQ_LENGTH = "E018"
    EMPTY_ALTERNATIVE = "E019"
    EMPTY_LINK = "E020"
    NUMBER_WITHOUT_SOURCE = "E021"
    NEEDLESS_WAIVER = "E022"
    OPTION_ASKED_TWICE = "Q001"
    OPTION_NOT_ASKED = "Q002"
    CONDITION_NOT_ANSWERED = "Q003"
    UNKNOWN_QUESTION = "Q004"
    OPTION_IN_WRONG_QUESTION = "Q005"
    SAME_QUESTION = "Q006"
    NO_PLAINER_WORDS = "Q007"
    ALL_OF_SEVERAL_PLACES = "Q008"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing to mend: where it is, which rule it breaks, and what to do.

    A warning does not stop the site from starting.
    """

    path: str
    line: int
    rule: Rule
    message: str
    warning: bool = False

    def __str__(self) -> str:
        """Give the line that editors and terminals understand: path:line: code message."""
        kind = "warning: " if self.warning else ""
        return f"{self.path}:{self.line}: {self.rule.value} {kind}{self.message}"


class ContentError(Exception):
    """The content has problems, so no library can be made of it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
