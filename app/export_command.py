"""The command that writes the site into files."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from app.checker.knowledge import read_checker
from app.content.problems import ContentError
from app.settings import Settings, SettingsError, drawing_names


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option(
    "--zip",
    "packed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Pack it into this file, for NERVEWISE_OFFLINE_ZIP.",
)
def export(folder: Path | None, packed: Path | None) -> None:
    """Write the whole site into FOLDER, as files that any web server serves and any browser opens.

    FOLDER is new, empty, or an earlier export, which is replaced. The symptom checker and the search need the
    live site: a note leads there, so NERVEWISE_ADDRESS has to be set.
    """
    from app.exporting import ExportError, pack  # noqa: PLC0415 - the other commands need no web
    from app.exporting import export as write  # noqa: PLC0415 - likewise

    if folder is None and packed is None:
        raise click.UsageError("name a FOLDER, or a file with --zip")
    if not os.environ.get("NERVEWISE_ADDRESS"):
        raise click.ClickException(
            "NERVEWISE_ADDRESS is not set; the files name the live site, such as https://example.org"
        )
    try:
        settings = Settings.read(os.environ)
        checker, _ = read_checker(settings.content, drawing_names(settings.static), settings.cache)
        for make, place in ((write, folder), (pack, packed)):
            if place is not None:
                begun = time.monotonic()
                written = make(settings, checker, place)
                seconds = time.monotonic() - begun
                click.echo(f"{place}: {written.files} files, {written.size:,} bytes, in {seconds:.1f} s")
    except (SettingsError, ExportError) as error:
        raise click.ClickException(str(error)) from error
    except ContentError as error:
        raise click.ClickException(f"the content has problems; run 'nervewise check'\n{error}") from error
