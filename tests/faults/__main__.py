"""`python -m tests.faults TRY...`: tries that take too long for every run of the tests."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tests.faults import fuzzing, tries
from tests.faults.recording import record

REQUESTS = 800_000
BYTES = 200_000


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(["inside", "wire", *tries.TRIES]))
@click.option("--seed", default=1, show_default=True, help="What the fuzzers start from.")
@click.option(
    "--requests", default=REQUESTS, show_default=True, help="How many are put into the application."
)
@click.option("--bytes", "broken", default=BYTES, show_default=True, help="How many are sent broken.")
@click.option("--state", type=click.Path(file_okay=False, path_type=Path), help="A folder to resume from.")
@click.option("--record", "records", is_flag=True, help="Write the results into results.md.")
def main(
    names: tuple[str, ...], seed: int, requests: int, broken: int, state: Path | None, *, records: bool
) -> None:
    """Try the site: all tries, or those that are named. Exits with 1 where one of them finds a fault."""
    failed = []
    for name in names or ("inside", "wire", *tries.TRIES):
        file = state / f"{name}.json" if state else None
        if name == "inside":
            told = fuzzing.fuzz_inside(seed, requests, file)
        elif name == "wire":
            told = fuzzing.fuzz_wire(seed, broken, file)
        else:
            told = tries.TRIES[name]()
        click.echo("\n".join((f"== {name}", *told)))
        if not any(line.startswith("Faults: 0.") for line in told):
            failed.append(name)
        if records:
            record(name, told)
    if failed:
        click.echo(f"Faults in: {', '.join(failed)}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
