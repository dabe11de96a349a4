"""A page of the library -> its open JSON. Addresses and HTML are handed in by whoever serves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.content.keys import SymptomSlug
from app.content.pages import Article, Cause, Emergency, Exercise, FaqEntry, Page, Symptom, Treatment
from app.content.plain import words_of_body
from app.publishing.records import (
    ArticleRecord,
    CauseRecord,
    CertaintyRecord,
    ChangeRecord,
    EmergencyRecord,
    ExerciseRecord,
    HowCommonRecord,
    Link,
    PageRecord,
    PatternRecord,
    QuestionRecord,
    RelatedLink,
    ReviewerRecord,
    SourceRecord,
    SymptomRecord,
    Told,
    TreatmentRecord,
    TwitchingRecord,
    WithdrawnRecord,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.content.library import Library
    from app.content.markdown import Inline
    from app.content.pages import Certainty

RECORD_OF_KIND: dict[str, type[PageRecord]] = {
    "symptom": SymptomRecord,
    "cause": CauseRecord,
    "treatment": TreatmentRecord,
    "exercise": ExerciseRecord,
    "emergency": EmergencyRecord,
    "guide": ArticleRecord,
    "faq": QuestionRecord,
    "about": ArticleRecord,
}


@dataclass(frozen=True, slots=True)
class Recorder:
    """Draws records from the library.

    Attributes:
        library: every page.
        address_of: gives the whole address of a page.
        json_address_of: gives the whole address of its JSON.
        show: makes a text HTML with whole links, numbering its citations by the page on which it stands.
        body_of: gives the body of a page as HTML with whole links.
    """

    library: Library
    address_of: Callable[[Page], str]
    json_address_of: Callable[[Page], str]
    show: Callable[[Inline, Page | None], str]
    body_of: Callable[[Page], str]

    def record(self, page: Page) -> PageRecord | WithdrawnRecord:
        """Give everything that a page holds; of one that was withdrawn, no more than the reason."""
        if page.withdrawn is not None:
            return WithdrawnRecord(
                kind=page.kind,
                slug=page.slug,
                url=self.address_of(page),
                title=page.title,
                withdrawn=page.withdrawn,
            )
        facts = self._shared(page) | self._facts(page)
        return RECORD_OF_KIND[page.kind](**facts)

    def link(self, page: Page) -> Link:
        """Give a page as a link."""
        return Link(**self.linked(page))

    def linked(self, page: Page) -> dict[str, str]:
        """Give what every link to a page holds."""
        return {
            "title": page.title,
            "url": self.address_of(page),
            "json_url": self.json_address_of(page),
        }

    def words(self, text: Inline, page: Page | None = None) -> Words:
        """Give a text that stands on a page."""
        return Words(text=str(text), html=self.show(text, page))

    def source(self, key: str) -> SourceRecord:
        """Give a source by its id."""
        source = self.library.sources[key]
        return SourceRecord(id=str(key), **source.model_dump())

    def _shared(self, page: Page) -> dict[str, Any]:
        reviewer = page.reviewed_by
        facts: dict[str, Any] = {
            "kind": page.kind,
            "slug": page.slug,
            "url": self.address_of(page),
            "title": page.title,
            "names": page.names,
            "body_html": self.body_of(page),
            "sources": tuple(self.source(key) for key in page.sources),
            "sources_checked": page.sources_checked,
            "review_due": page.review_due,
            "reviewed_by": ReviewerRecord(**reviewer.model_dump()) if reviewer else None,
            "changes": tuple(ChangeRecord(**change.model_dump()) for change in page.changes),
            "related": tuple(
                RelatedLink(**self.linked(kin.page), because=kin.because)
                for kin in self.library.related(page)
            ),
        }
        if isinstance(page, Article):
            facts |= {"description": page.description, "summary": self._all(page.summary, page)}
        return facts

    def _facts(self, page: Page) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        match page:
            case Cause():
                facts = self._cause(page)
            case Emergency():
                facts = {
                    "headline": page.headline,
                    "level": page.level,
                    "act": self.words(page.act, page),
                    "signs": self._all(page.signs, page),
                }
            case Treatment():
                facts = self._treatment(page)
            case Exercise():
                facts = self._exercise(page)
            case Symptom():
                facts = self._symptom(page)
            case FaqEntry():
                facts = {
                    "group": page.group,
                    "answer": "\n".join(words_of_body(page.body)),
                    "owner": self.link(self.library.pages[page.owner]),
                }
        return facts

    def _cause(self, cause: Cause) -> dict[str, Any]:
        library = self.library
        common, twitching = cause.how_common, cause.twitching
        return {
            "family": cause.family,
            "icd10": cause.icd10,
            "areas": cause.areas,
            "how_common": HowCommonRecord(level=common.level, words=self.words(common.text, cause)),
            "lasts": self.words(cause.lasts, cause),
            "twitching": TwitchingRecord(answer=twitching.answer, words=self.words(twitching.text, cause)),
            "symptoms": self._told(
                (symptom, cause.symptoms[SymptomSlug(symptom.slug)], cause)
                for symptom in library.symptoms
                if symptom.slug in cause.symptoms
            ),
            "treatments": self._links(library.treatments_of(cause)),
            "exercises": self._links(library.exercises_of(cause)),
            "emergencies": self._links(library.emergencies_of(cause)),
            "patterns": tuple(
                PatternRecord(title=one.title, words=self.words(one.text, cause)) for one in cause.patterns
            ),
        }

    def _treatment(self, page: Treatment) -> dict[str, Any]:
        return {
            "setting": page.setting,
            "what": self.words(page.what, page),
            "benefits": self._all(page.benefits, page),
            "downsides": self._all(page.downsides, page),
            "time_to_effect": self.words(page.time_to_effect, page),
            "certainty": self._certainty(page.certainty, page),
            "cost": page.cost,
            "for_symptoms": self._told(
                (symptom, page.for_symptoms[SymptomSlug(symptom.slug)], page)
                for symptom in self.library.symptoms
                if symptom.slug in page.for_symptoms
            ),
            "avoid_if": self._all((caution.text for caution in page.avoid_if), page),
            "causes": self._links(self.library.causes_helped_by(page)),
        }

    def _exercise(self, page: Exercise) -> dict[str, Any]:
        return {
            "what": self.words(page.what, page),
            "steps": self._all(page.steps, page),
            "dose": self.words(page.dose, page),
            "stop_if": self._all(page.stop_if, page),
            "avoid_if": self._all((caution.text for caution in page.avoid_if), page),
            "certainty": self._certainty(page.certainty, page),
            "easier": self.words(page.easier, page) if page.easier else None,
            "harder": self.words(page.harder, page) if page.harder else None,
            "causes": self._links(self.library.causes_helped_by(page)),
        }

    def _symptom(self, symptom: Symptom) -> dict[str, Any]:
        slug = SymptomSlug(symptom.slug)
        causes = self.library.causes_with(symptom)
        helping = self.library.treatments_for(symptom)
        return {
            "causes": self._told((cause, cause.symptoms[slug], cause) for cause in causes),
            "treatments": self._told((one, one.for_symptoms[slug], one) for one in helping),
        }

    def _certainty(self, certainty: Certainty, page: Page) -> CertaintyRecord:
        return CertaintyRecord(grade=certainty.grade, words=self.words(certainty.text, page))

    def _all(self, texts: Iterable[Inline], page: Page) -> tuple[Words, ...]:
        return tuple(self.words(text, page) for text in texts)

    def _links(self, pages: Iterable[Page]) -> tuple[Link, ...]:
        return tuple(self.link(page) for page in pages)

    def _told(self, told: Iterable[tuple[Page, Inline, Page]]) -> tuple[Told, ...]:
        """Give pages, each with a text and the page that owns the text."""
        return tuple(Told(**self.linked(page), words=self.words(text, owner)) for page, text, owner in told)
