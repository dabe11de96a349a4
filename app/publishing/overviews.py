"""The open JSON of what lists pages, terms and numbers: its shape, version 1."""

from __future__ import annotations

from typing import Literal

from app.content.keys import Kind
from app.publishing.records import Link, Published, Record, SourceRecord, Words


class PageEntry(Link):
    """A page in a list."""

    kind: Kind
    slug: str
    names: tuple[str, ...]
    description: str | None


class SectionEntry(Link):
    """A part of the site with its pages."""

    name: str
    intro: str
    pages: tuple[PageEntry, ...]


class SectionRecord(Published, SectionEntry):
    """A part of the site, by itself."""


class SiteRecord(Published):
    """The whole site: every part of it with every page."""

    name: str
    url: str
    language: str
    sections: tuple[SectionEntry, ...]
    others: tuple[Link, ...]


class TermRecord(Record):
    """A medical word in plain words; `said` is how to say it."""

    slug: str
    url: str
    term: str
    said: str | None
    also: tuple[str, ...]
    plain: Words
    sources: tuple[SourceRecord, ...]


class GlossaryRecord(Published):
    """Every medical word of the site."""

    url: str
    terms: tuple[TermRecord, ...]


class NameEntry(Link):
    """A name of a page: its title, or another one."""

    name: str


class NamesRecord(Published):
    """Every page by all its names, by the alphabet."""

    url: str
    names: tuple[NameEntry, ...]


class CrisisRecord(Record):
    """Someone to talk to."""

    name: str
    number: str
    words: str | None
    source: SourceRecord


class NumbersRecord(Record):
    """How to call for help in a country; `code` is that of ISO 3166, EU for the European Union."""

    country: str
    code: str
    ambulance: str
    note: str | None
    crisis: tuple[CrisisRecord, ...]
    source: SourceRecord


class DangerEntry(Link):
    """A danger, by what one notices."""

    headline: str
    level: Literal["emergency", "urgent"]


class HelpRecord(Published):
    """Emergency numbers by country, and every danger."""

    url: str
    numbers: tuple[NumbersRecord, ...]
    dangers: tuple[DangerEntry, ...]


class FileEntry(Record):
    """A file that this site offers; `url` has `{slug}` in it where there is one file a page."""

    title: str
    url: str
    media_type: str
    description: str


class FilesRecord(Published):
    """Every file that this site offers to programs."""

    openapi_url: str
    files: tuple[FileEntry, ...]
