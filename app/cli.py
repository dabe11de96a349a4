"""The `nervewise` command."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click
import yaml

from app import __version__
from app.checker.answers import Answers
from app.checker.cases import assess_line, assess_response
from app.checker.knowledge import read_checker
from app.checker.scoring import explain, judge, score
from app.checker.verification import TextbookCase
from app.checker.verification import verify as prove
from app.checker.vignettes import read_vignettes
from app.content.collection import PROOFS, SCORES, changes_to_come, overdue_pages
from app.content.editorial.checks import check_editorial, report
from app.content.problems import ContentError
from app.export_command import export
from app.search.index import SearchIndex
from app.search.scoring import AMONG, judge_queries, read_queries, score_queries
from app.settings import PROJECT, Settings, SettingsError, cache_folder, drawing_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.checker.outcome import Checker
    from app.checker.scores import Tally
    from app.content.problems import Problem

CONTENT = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT / "content",
    show_default="content/ of this project",
    help="The folder with the pages.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="nervewise")
def main() -> None:
    r"""Nervewise explains pinched nerves and muscle twitching.

    \b
    nervewise serve          show the site at http://127.0.0.1:8000
    nervewise check          tell what is wrong with the pages in content/
    nervewise assess FILE    run cases through the symptom checker
    nervewise verify         prove what the symptom checker promises
    nervewise score          score the symptom checker on published cases
    nervewise score-search   score the search on what people type
    nervewise export FOLDER  write the whole site into files
    """


main.add_command(export)


@main.command()
@CONTENT
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.datetime.now(datetime.UTC).date().isoformat(),
    show_default="today",
    help="The day by which reviews are judged.",
)
@click.option("--strict", is_flag=True, help="Count warnings, such as a review that is due, as problems.")
@click.option(
    "--report", "tells_figures", is_flag=True, help="Print the figures over the site, page by page."
)
def check(content: Path, today: datetime.datetime, *, strict: bool, tells_figures: bool) -> None:
    """Tell everything that is wrong with the content, each with file, line and rule.

    Exits with 1 if there is any problem. Warnings, such as a review that is due, count with --strict alone.
    """
    try:
        checker, warnings = read_checker(content, drawing_names(PROJECT / "static"), _cache_folder())
    except ContentError as error:
        _tell(error.problems)
        sys.exit(1)
    library = checker.library
    editorial = check_editorial(content, library, today.date())
    dated = (*overdue_pages(library, today.date()), *changes_to_come(library, today.date()))
    found = (*warnings, *dated, *editorial.problems)
    if tells_figures:
        for line in report(library, editorial.grades, today.date()):
            click.echo(line)
    if any(strict or not problem.warning for problem in found):
        _tell(found)
        sys.exit(1)
    for warning in found:
        click.echo(warning)
    kinds = Counter(page.kind for page in library.pages.values())
    counts = [f"{number} {kind}" for kind, number in sorted(kinds.items())]
    click.echo(
        f"No problems, {len(found)} warnings. {len(library.pages)} pages ({', '.join(counts)}), "
        f"{len(library.terms)} terms, {len(library.sources)} sources, "
        f"{len(library.vocabulary.options)} options, {len(checker.flags)} danger rules."
    )


def _tell(problems: Sequence[Problem]) -> None:
    """Print problems, and how many there are."""
    for problem in sorted(problems):
        click.echo(problem)
    files = len({problem.path for problem in problems})
    count = sum(not problem.warning for problem in problems)
    warnings = len(problems) - count
    told = f"{count} problem{'s' * (count != 1)}" + f" and {warnings} warning{'s' * (warnings != 1)}" * (
        warnings > 0
    )
    click.echo(f"{told} in {files} file{'s' * (files != 1)}", err=True)


@main.command()
@CONTENT
@click.option("--fhir", is_flag=True, help="FILE holds one FHIR QuestionnaireResponse.")
@click.argument("file", type=click.File("rb"))
def assess(content: Path, file: BinaryIO, *, fhir: bool) -> None:
    r"""Run cases through the symptom checker: JSON Lines in, JSON Lines out.

    FILE holds a case a line ('-' reads standard input):

    \b
    {"id": "1", "chosen": ["main.twitching"], "denied": ["main.weakness"], "unknown": []}

    With --fhir it holds one answered Questionnaire, of those that the site serves at
    /check/questionnaire.json, and the answer has the same form.

    What is no case gets an error in its place; the exit status is then 1.
    """
    checker = _read(content)
    cases = [file.read()] if fhir else (line for line in file if line.strip())
    assess_one = assess_response if fhir else assess_line
    good = True
    for case in cases:
        # Bytes that are no UTF-8 become marks that no option holds, so that the case gets its error.
        answer, is_case = assess_one(case.decode("utf-8", "replace"), checker)
        click.echo(json.dumps(answer))
        good = good and is_case
    sys.exit(0 if good else 1)


VIGNETTES = PROJECT / "tests" / "vignettes"
TEXTBOOK = PROJECT / "tests" / "site" / "cases.jsonl"
MOST_TOLD = 10


@main.command("score")
@CONTENT
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=VIGNETTES)
@click.option(
    "--publish",
    is_flag=True,
    help=f"Write the scores to {SCORES} in the content folder, for the site to show.",
)
def score_cases(content: Path, folder: Path, *, publish: bool) -> None:
    """Score the symptom checker on the cases in FOLDER (tests/vignettes of this project).

    Prints the scores with their 95 % intervals, apart for the third that no rule is tuned on, and the tuned
    cases that are missed, with why. Of those set aside it names none, so that nobody tunes on them.
    """
    checker = _read(content)
    cases, problems = read_vignettes(folder, checker.library)
    if problems:
        _tell(problems)
        sys.exit(1)
    verdicts = judge(cases, checker)
    for verdict in verdicts:
        lines = [] if verdict.case.set_aside else list(explain(verdict, checker))
        if lines:
            click.echo("\n  ".join((verdict.case.id, *lines)))
    scores = score(verdicts)
    for title, part in (("tuned on", scores.tuned), ("set aside", scores.set_aside)):
        click.echo(f"\n{title}: {part.right_first.of} cases")
        for name, words in scores.measures():
            click.echo(f"  {words:45} {_spelt(getattr(part, name))}")
    if publish:
        (content / SCORES).write_text(yaml.safe_dump(scores.model_dump(), sort_keys=False), encoding="utf-8")


@main.command()
@CONTENT
@click.option(
    "--publish",
    is_flag=True,
    help=f"Write the counts to {PROOFS} in the content folder, for the site to show.",
)
def verify(content: Path, *, publish: bool) -> None:
    """Prove what the symptom checker promises, by walking it whole.

    Prints what was walked. Exits with 1 if a promise is broken, or if the site shows other counts.
    """
    checker = _read(content)
    proofs = []
    for proof in prove(checker, _textbook_cases()):
        counts = ", ".join(f"{number:,} {name}" for name, number in proof.walked.counts.items())
        click.echo(f"{proof.walked.promise}: {counts}")
        for broken in proof.broken[:MOST_TOLD]:
            click.echo(f"  BROKEN: {broken}")
        if len(proof.broken) > MOST_TOLD:
            click.echo(f"  and {len(proof.broken) - MOST_TOLD} more")
        proofs.append(proof)
    walked = tuple(proof.walked for proof in proofs)
    if any(proof.broken for proof in proofs):
        sys.exit(1)
    if publish:
        text = yaml.safe_dump([one.model_dump() for one in walked], sort_keys=False)
        (content / PROOFS).write_text(text, encoding="utf-8")
    elif walked != checker.proofs:
        click.echo("The site shows other counts; run 'nervewise verify --publish'.", err=True)
        sys.exit(1)


def _textbook_cases() -> list[TextbookCase]:
    cases = [json.loads(line) for line in TEXTBOOK.read_text("utf-8").splitlines()]
    return [
        TextbookCase(
            case["id"],
            Answers(*(frozenset(case.get(key, ())) for key in ("chosen", "denied", "unknown"))),
            case.get("first"),
            case.get("reason"),
        )
        for case in cases
    ]


def _spelt(tally: Tally) -> str:
    low, high = tally.interval
    return f"{tally.hits:3} of {tally.of:3}  {tally.share:6.1%}  ({low:.1%} to {high:.1%})"


def _cache_folder() -> Path | None:
    try:
        return cache_folder(os.environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def _read(content: Path) -> Checker:
    try:
        return read_checker(content, drawing_names(PROJECT / "static"), _cache_folder())[0]
    except ContentError as error:
        raise click.ClickException(f"the content has problems; run 'nervewise check'\n{error}") from error


QUERIES = PROJECT / "tests" / "search"


@main.command("score-search")
@CONTENT
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=QUERIES)
def score_search(content: Path, folder: Path) -> None:
    """Score the search on the queries in FOLDER (tests/search of this project).

    Prints how often a right page stands first and among the first three, and the mean reciprocal rank: for
    queries.yaml with the misses, and for held-out.yaml without them, so that nobody tunes on those.
    """
    library = _read(content).library
    index = SearchIndex.of(library)
    for name, tells_misses in (("queries.yaml", True), ("held-out.yaml", False)):
        queries, problems = read_queries(folder / name, library)
        if problems:
            _tell(problems)
            sys.exit(1)
        judged = judge_queries(queries, index)
        for one in judged if tells_misses else ():
            if one.place is None or one.place > AMONG:
                wanted, found = ", ".join(one.query.expect), ", ".join(one.found)
                click.echo(f"'{one.query.query}': wanted {wanted}; found {found}")
        score = score_queries(judged)
        click.echo(
            f"{name}: {score.of} queries, {score.first:.1%} right at first, {score.among:.1%} among the "
            f"first {AMONG}, mean reciprocal rank {score.reciprocal:.3f}"
        )


@main.command()
@click.option("--dev", is_flag=True, help="Reload on every change, and show content problems in the browser.")
def serve(dev: bool) -> None:
    """Serve the site. PORT, HOST, SECRET_KEY and the NERVEWISE_… settings are read from the environment."""
    # The other commands need no web.
    from app.live_site import serve_development  # noqa: PLC0415 - as above
    from app.serving import serve_production  # noqa: PLC0415 - as above

    try:
        settings = Settings.read(os.environ)
        if dev:
            serve_development(settings)
        else:
            serve_production(settings)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except ContentError as error:
        raise click.ClickException(
            f"the content has problems, so the site does not start:\n{error}"
        ) from error
