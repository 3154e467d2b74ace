"""Compare with peers on the same five levers.

`python tests/benchmarks/peers.py FOLDER_OF_BINARIES`: the folder holds sqlite-utils, csvlook,
frictionless and yq (`pip install sqlite-utils csvkit frictionless yq`, and jq for yq). Each reads
the levers in its own format; medians of whole processes, in turn, as multiples of
`essfacts levers`.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 11
DATA = Path(__file__).parents[2] / "data" / "levers.yaml"
ESSFACTS = [sys.executable, "-c", "from essfacts.__main__ import run; run()", "levers"]


def prepare(binaries: Path, folder: Path) -> dict[str, list[str]]:
    """Write the levers in each peer's format, and give each peer's command."""
    rows = subprocess.run([*ESSFACTS, "--format", "csv"], capture_output=True, check=True).stdout
    (folder / "levers.csv").write_bytes(rows)
    package = {"name": "levers", "resources": [{"name": "levers", "path": "levers.csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(package))
    database = str(folder / "levers.db")
    tool = str(binaries / "sqlite-utils")
    insert = [tool, "insert", database, "levers", str(folder / "levers.csv"), "--csv"]
    subprocess.run(insert, check=True, capture_output=True)
    return {
        "essfacts levers": ESSFACTS,
        "sqlite-utils rows": [tool, "rows", database, "levers"],
        "csvlook": [str(binaries / "csvlook"), str(folder / "levers.csv")],
        "frictionless list": [str(binaries / "frictionless"), "list", "datapackage.json"],
        "yq": [str(binaries / "yq"), ".", str(DATA)],
    }


def main() -> None:
    """Print the median of each command."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as name:
        commands = prepare(Path(sys.argv[1]), Path(name))
        times: dict[str, list[float]] = {peer: [] for peer in commands}
        for _ in range(ROUNDS):
            for peer, command in commands.items():
                start = time.perf_counter()
                subprocess.run(
                    command, cwd=name, env=environment, check=True, stdout=subprocess.DEVNULL
                )
                times[peer].append(time.perf_counter() - start)
    ours = statistics.median(times["essfacts levers"])
    for peer, values in times.items():
        print(f"{peer:20}{statistics.median(values) / ours:6.1f}")


if __name__ == "__main__":
    main()
