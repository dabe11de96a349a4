"""The kinds of pages, as their front matter is written. A page is one file; its stem is its slug."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.content.body import Body
from app.content.evidence import Caution, Comfort, DangerRules, Evidence, Pattern
from app.content.keys import (
    EmergencySlug,
    ExerciseSlug,
    FaqSlug,
    Kind,
    OptionId,
    Slug,
    SourceId,
    SymptomSlug,
    TreatmentSlug,
)
from app.content.markdown import Inline
from app.content.mentions import Mentions
from app.content.record import Changes, Reviewer
from app.content.vocabulary import Model, Text

Area = Literal[
    "face",
    "neck",
    "shoulder",
    "arm",
    "elbow",
    "wrist-and-hand",
    "back",
    "hip-and-thigh",
    "leg",
    "foot",
    "whole-body",
]
Family = Literal["compression", "reason", "twitching", "neuropathy", "lookalike"]
Commonness = Literal["very-common", "common", "uncommon", "rare", "very-rare"]
Answer = Literal["yes", "sometimes", "rarely", "no"]
Setting = Literal["self-care", "professional", "both"]
Grade = Literal["high", "moderate", "low", "very-low", "none"]
Slugs = tuple[Slug, ...]
Inlines = tuple[Inline, ...]
EditorialCode = Annotated[str, StringConstraints(pattern=r"^E\d{3}$")]
_ById = AfterValidator(MappingProxyType)


class Page(Model):
    """What every page has.

    `path`, `slug` and `body` come from the file, not from its front matter; `mentions` is found in both, so
    that no body has to be opened for it. `waive` holds the codes of
    editorial rules that this page may break, each with the reason.
    """

    kind: ClassVar[Kind]

    slug: str
    path: str
    body: Body
    mentions: Mentions = Mentions()
    title: Text
    names: tuple[Text, ...] = ()
    sources: tuple[SourceId, ...] = ()
    sources_checked: datetime.date
    review_due: datetime.date
    reviewed_by: Reviewer | None = None
    changes: Changes = ()
    withdrawn: Text | None = None
    waive: Annotated[Mapping[EditorialCode, Text], _ById] = Field(
        default_factory=lambda: MappingProxyType({})
    )

    @model_validator(mode="after")
    def _reviews_follow_checks(self) -> Self:
        if self.review_due <= self.sources_checked:
            raise ValueError("review_due must be later than sources_checked")
        return self

    def __hash__(self) -> int:
        """Hash by the slug, which no two pages share."""
        return hash(self.slug)

    def overdue(self, today: datetime.date) -> bool:
        """Tell whether the day for the next review has passed."""
        return today > self.review_due


class Article(Page):
    """A page that opens with a summary and has a line that describes it in lists."""

    description: Annotated[Text, StringConstraints(max_length=160)]
    summary: Annotated[Inlines, Field(min_length=1)]


class HowCommon(Model):
    """How often a cause is met; the level is the checker's starting point."""

    level: Commonness
    text: Inline


class Twitching(Model):
    """Whether a cause makes muscles twitch."""

    answer: Answer
    text: Inline


class Certainty(Model):
    """How sure it is that something helps, in the words of the cited review where there is one."""

    grade: Grade
    text: Inline


class Cause(Article):
    """What can be behind a trouble."""

    kind = "cause"

    family: Family
    icd10: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d(\.\d+)?$")], ...] = ()
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    how_common: HowCommon
    lasts: Inline
    twitching: Twitching
    symptoms: Annotated[Mapping[SymptomSlug, Inline], Field(min_length=1), _ById]
    treatments: tuple[TreatmentSlug, ...] = ()
    exercises: tuple[ExerciseSlug, ...] = ()
    emergencies: tuple[EmergencySlug, ...] = ()
    needs: tuple[Annotated[tuple[OptionId, ...], Field(min_length=1)], ...] = ()
    evidence: Annotated[Mapping[OptionId, Evidence], Field(min_length=1), _ById]
    patterns: tuple[Pattern, ...] = ()
    rules: DangerRules = ()
    comforts: tuple[Comfort, ...] = ()


class Emergency(Article):
    """A danger that cannot wait."""

    kind = "emergency"

    headline: Text
    level: Literal["emergency", "urgent"]
    act: Inline
    signs: Annotated[Inlines, Field(min_length=1, max_length=5)]
    rules: Annotated[DangerRules, Field(min_length=1)]


class Treatment(Article):
    """What can be done."""

    kind = "treatment"

    setting: Setting
    what: Inline
    benefits: Annotated[Inlines, Field(min_length=1)]
    downsides: Annotated[Inlines, Field(min_length=1)]
    time_to_effect: Inline
    certainty: Certainty
    cost: Literal["free", "low", "medium", "high"]
    for_symptoms: Annotated[Mapping[SymptomSlug, Inline], _ById] = Field(
        default_factory=lambda: MappingProxyType({})
    )
    avoid_if: tuple[Caution, ...] = ()


class Picture(Model):
    """One of the site's drawings beside a page's facts, with what it shows in words."""

    drawing: Text
    alternative: Annotated[Text, StringConstraints(max_length=250)]


class Exercise(Article):
    """A movement to do at home."""

    kind = "exercise"

    what: Inline
    picture: Picture | None = None
    steps: Annotated[Inlines, Field(min_length=1)]
    dose: Inline
    stop_if: Annotated[Inlines, Field(min_length=1)]
    avoid_if: Annotated[tuple[Caution, ...], Field(min_length=1)]
    certainty: Certainty
    easier: Inline | None = None
    harder: Inline | None = None


class Symptom(Article):
    """What a visitor feels or sees; `icon` is one of the site's drawings."""

    kind = "symptom"

    icon: Text | None = None
    rules: DangerRules = ()


class Guide(Article):
    """A longer article."""

    kind = "guide"

    order: int


class About(Article):
    """A page about the site itself; `shows` is what is drawn below its text.

    `related` names the pages to read next, since these pages share no medicine by which they could be found.
    """

    kind = "about"

    order: int
    related: Slugs = ()
    shows: Literal["checker-rules", "checker-scores", "changes"] | None = None


class FaqEntry(Page):
    """A question; its body is a short answer that leaves the facts to their owner."""

    kind = "faq"

    group: Text
    owner: Slug


class Term(Model):
    """A medical word in plain words."""

    term: Text
    plain: Inline
    said: Text | None = None
    also: tuple[Text, ...] = ()
    sources: tuple[SourceId, ...] = ()


class Source(Model):
    """Where a claim comes from; it is named only when its text was read."""

    organisation: Text
    title: Text
    url: Annotated[Text, StringConstraints(pattern=r"^https?://\S+$")]
    year: Text | None = None
    tier: Literal["A", "B"]
    read: Literal["whole", "excerpt"]
    read_on: datetime.date


class CrisisLine(Model):
    """Someone to talk to, now."""

    name: Text
    number: Text
    text: Text | None = None
    source: SourceId


class EmergencyNumber(Model):
    """How to call an ambulance in a country, and whom to call in despair."""

    country: Text
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    ambulance: Text
    note: Text | None = None
    crisis: tuple[CrisisLine, ...] = ()
    source: SourceId


class SiteFacts(Model):
    """What belongs to the site as a whole; `first_…` stand first where all of that kind are listed."""

    emergency_numbers: Annotated[tuple[EmergencyNumber, ...], Field(min_length=1)]
    faq_groups: Annotated[tuple[Text, ...], Field(min_length=1)]
    most_asked: tuple[FaqSlug, ...]
    first_dangers: tuple[EmergencySlug, ...] = ()
    first_symptoms: tuple[SymptomSlug, ...] = ()


PAGE_TYPES: Mapping[str, type[Page]] = MappingProxyType(
    {
        "causes": Cause,
        "emergencies": Emergency,
        "treatments": Treatment,
        "exercises": Exercise,
        "symptoms": Symptom,
        "guides": Guide,
        "faq": FaqEntry,
        "about": About,
    }
)
