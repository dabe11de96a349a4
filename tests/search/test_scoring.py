"""The figures of `nervewise score-search`, and that the search keeps what it reached."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner

from app.cli import main
from app.search.scoring import judge_queries, read_queries, score_queries

if TYPE_CHECKING:
    from app.content.library import Library
    from app.search.index import SearchIndex

HERE = Path(__file__).parent


def write(folder: Path, name: str, *rows: tuple[str, str]) -> Path:
    """Write a file of queries."""
    file = folder / name
    lines = [
        f'- {{query: "{query}", expect: [{slug}], kind: area, seen: "a test"}}\n' for query, slug in rows
    ]
    file.write_text("".join(lines), "utf-8")
    return file


def test_places_are_counted(index: SearchIndex, library: Library, tmp_path: Path) -> None:
    rows = (("sciatica", "sciatica"), ("carpal tunnel", "sciatica"))
    queries, problems = read_queries(write(tmp_path, "q.yaml", *rows), library)
    assert problems == []
    judged = judge_queries(queries, index)
    assert judged[0].place == 1
    place = judged[1].place
    score = score_queries(judged)
    assert (score.of, score.first) == (2, 0.5)
    assert score.among == (1.0 if place and place <= 3 else 0.5)
    assert score.reciprocal == pytest.approx((1 + (1 / place if place else 0)) / 2)


def test_a_page_that_is_not_there_is_told_with_its_line(library: Library, tmp_path: Path) -> None:
    rows = (("sciatica", "sciatica"), ("sciatica", "sciatic"))
    _, problems = read_queries(write(tmp_path, "q.yaml", *rows), library)
    assert [(problem.path, problem.line) for problem in problems] == [("q.yaml", 2)]
    assert "sciatica" in problems[0].message


def test_there_are_enough_queries_and_none_twice(library: Library) -> None:
    files = [read_queries(HERE / name, library) for name in ("queries.yaml", "held-out.yaml")]
    assert [problems for _, problems in files] == [[], []]
    asked = [query.query.casefold() for queries, _ in files for query in queries]
    assert len(asked) == len(set(asked)) >= 500


def test_the_search_keeps_what_it_reached(index: SearchIndex, library: Library) -> None:
    tuned = score_queries(judge_queries(read_queries(HERE / "queries.yaml", library)[0], index))
    set_aside = score_queries(judge_queries(read_queries(HERE / "held-out.yaml", library)[0], index))
    assert tuned.among >= 0.98
    assert set_aside.among >= 0.9


def test_every_query_for_a_danger_shows_the_danger_or_finds_it(index: SearchIndex, library: Library) -> None:
    queries, _ = read_queries(HERE / "queries.yaml", library)
    dangers = [one for one in judge_queries(queries, index) if one.query.kind == "emergency"]
    assert len(dangers) > 50
    assert [one.query.query for one in dangers if one.place is None or one.place > 3] == []


def test_the_command_names_misses_of_the_tuned_queries_alone(tmp_path: Path) -> None:
    write(tmp_path, "queries.yaml", ("carpal tunnel", "tetanus"))
    write(tmp_path, "held-out.yaml", ("cubital tunnel", "tetanus"), ("sciatica", "sciatica"))
    result = CliRunner().invoke(main, ["score-search", str(tmp_path)])
    assert result.exit_code == 0
    assert "'carpal tunnel': wanted tetanus; found carpal-tunnel-syndrome" in result.stdout
    assert "cubital" not in result.stdout
    assert "held-out.yaml: 2 queries, 50.0% right at first, 50.0% among the first 3" in result.stdout


def test_the_command_tells_what_is_wrong_with_the_queries(tmp_path: Path) -> None:
    write(tmp_path, "queries.yaml", ("carpal tunnel", "no-such-page"))
    result = CliRunner().invoke(main, ["score-search", str(tmp_path)])
    assert result.exit_code == 1
    assert "queries.yaml:1:" in result.stdout


def test_harmless_queries_show_no_danger(index: SearchIndex) -> None:
    queries: list[str] = yaml.safe_load((HERE / "harmless.yaml").read_text("utf-8"))
    assert len(queries) > 200
    assert [query for query in queries if index.search(query).danger] == []
