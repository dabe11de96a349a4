"""The open JSON of a page, version 1. Keys may be added to a version; none is taken out or changed.

The descriptions of these models are those of the published OpenAPI document.
"""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.content.keys import Kind
from app.content.pages import Answer, Area, Commonness, Family, Grade, Setting

Version = Literal[1]
VERSION: Version = 1
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class Record(BaseModel):
    """What every part of an answer shares: it is not changed after it was made."""

    model_config = ConfigDict(strict=True, frozen=True)


class Published(Record):
    """What every answer begins with: the version of its shape, and the licence of its texts and tables."""

    version: Version = VERSION
    licence: str = LICENCE


class Words(Record):
    """A text, plain and as HTML with whole links."""

    text: str
    html: str


class Link(Record):
    """A page: what it is called, where it is read, and where its JSON is."""

    title: str
    url: str
    json_url: str


class Told(Link):
    """A page, with what is said of it here."""

    words: Words


class RelatedLink(Link):
    """A page to read next; `because` says what the two pages share."""

    because: str


class SourceRecord(Record):
    """A source that was read; tier A: government, NHS, NICE, Cochrane or a reviewed paper; tier B: others."""

    id: str
    organisation: str
    title: str
    url: str
    year: str | None
    tier: Literal["A", "B"]
    read: Literal["whole", "excerpt"]
    read_on: datetime.date


class ReviewerRecord(Record):
    """The clinician who read a page."""

    name: str
    role: str
    date: datetime.date


class ChangeRecord(Record):
    """What was changed on a page, for its readers."""

    date: datetime.date
    text: str


class WithdrawnRecord(Published):
    """What stands in the place of a page that was withdrawn, with the reason."""

    kind: Kind
    slug: str
    url: str
    title: str
    withdrawn: str


class PageRecord(Published):
    """What every page has. `reviewed_by` is null until a clinician has read it."""

    kind: Kind
    slug: str
    url: str
    title: str
    names: tuple[str, ...]
    body_html: str
    sources: tuple[SourceRecord, ...]
    sources_checked: datetime.date
    review_due: datetime.date
    reviewed_by: ReviewerRecord | None
    changes: tuple[ChangeRecord, ...]
    withdrawn: None = None
    related: tuple[RelatedLink, ...]


class ArticleRecord(PageRecord):
    """A page with a description and a summary."""

    description: str
    summary: tuple[Words, ...]


class HowCommonRecord(Record):
    """How often a cause is met."""

    level: Commonness
    words: Words


class TwitchingRecord(Record):
    """Whether a cause makes muscles twitch."""

    answer: Answer
    words: Words


class CertaintyRecord(Record):
    """How sure it is that something helps."""

    grade: Grade
    words: Words


class PatternRecord(Record):
    """A way in which a cause shows."""

    title: str
    words: Words


class CauseRecord(ArticleRecord):
    """What can be behind a trouble; `emergencies` are dangers that can look like it."""

    family: Family
    icd10: tuple[str, ...]
    areas: tuple[Area, ...]
    how_common: HowCommonRecord
    lasts: Words
    twitching: TwitchingRecord
    symptoms: tuple[Told, ...]
    treatments: tuple[Link, ...]
    exercises: tuple[Link, ...]
    emergencies: tuple[Link, ...]
    patterns: tuple[PatternRecord, ...]


class EmergencyRecord(ArticleRecord):
    """A danger that cannot wait."""

    headline: str
    level: Literal["emergency", "urgent"]
    act: Words
    signs: tuple[Words, ...]


class TreatmentRecord(ArticleRecord):
    """What can be done; `avoid_if` says when not, or when to ask first."""

    setting: Setting
    what: Words
    benefits: tuple[Words, ...]
    downsides: tuple[Words, ...]
    time_to_effect: Words
    certainty: CertaintyRecord
    cost: Literal["free", "low", "medium", "high"]
    for_symptoms: tuple[Told, ...]
    avoid_if: tuple[Words, ...]
    causes: tuple[Link, ...]


class ExerciseRecord(ArticleRecord):
    """A movement to do at home; `avoid_if` says when not, or when to ask first."""

    what: Words
    steps: tuple[Words, ...]
    dose: Words
    stop_if: tuple[Words, ...]
    avoid_if: tuple[Words, ...]
    certainty: CertaintyRecord
    easier: Words | None
    harder: Words | None
    causes: tuple[Link, ...]


class SymptomRecord(ArticleRecord):
    """What one feels or sees; `causes` say how it shows with each."""

    causes: tuple[Told, ...]
    treatments: tuple[Told, ...]


class QuestionRecord(PageRecord):
    """A question; its facts stand on the page of `owner`."""

    group: str
    answer: str
    owner: Link
