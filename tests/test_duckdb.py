"""The README's DuckDB query, run by DuckDB on what the program writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from program import reader, run_here

import essfacts

ROOT = Path(__file__).parent.parent


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    written = run_here("claims", "--format", "ndjson").out
    (tmp_path / "claims.ndjson").write_text(written, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    query = re.search(r'duckdb -c "(.+)"', (ROOT / "README.md").read_text("utf-8"))
    assert query
    with reader("duckdb").connect() as connection:
        found: list[tuple[str, int]] = connection.execute(query[1]).fetchall()
        return found


@pytest.mark.slow
def test_counts_the_claims_of_each_kind(rows: list[tuple[str, int]]) -> None:
    dataset = essfacts.load()
    kinds = {claim.kind for claim in dataset.claims}
    assert dict(rows) == {kind: len(dataset.of_kind(kind)) for kind in kinds}
    assert [count for _, count in rows] == sorted((count for _, count in rows), reverse=True)
