"""Time whole processes in turn, as multiples of a bare interpreter.

`python tests/benchmarks/startup.py`: medians of one run on one machine can be compared with each
other, and with nothing else.
"""

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 21
RUN = "from essfacts.__main__ import run; run()"
IMPORTS = "import typer, rich.table, rich.console, yaml"

# A row: what is timed, the code of the process and its arguments, whether to draw as on a terminal.
ROWS: dict[str, tuple[str, list[str], bool]] = {
    "bare interpreter": ("pass", [], False),
    "importing typer, rich and yaml": (IMPORTS, [], False),
    "levers, as a table": (RUN, ["levers"], True),
    "levers, in a pipe": (RUN, ["levers"], False),
    "levers --format json": (RUN, ["levers", "--format", "json"], False),
    "--version": (RUN, ["--version"], False),
    "--help": (RUN, ["--help"], False),
    "stats --source, as a table": (RUN, ["stats", "--source"], True),
    "search cooperative": (RUN, ["search", "cooperative"], False),
    "show gdp-share": (RUN, ["show", "gdp-share"], False),
    "cite gdp-share": (RUN, ["cite", "gdp-share"], False),
    "verify": (RUN, ["verify"], False),
}
if "ESSFACTS_RELEASE" in os.environ:
    ROWS["verify RELEASE"] = (RUN, ["verify", os.environ["ESSFACTS_RELEASE"]], False)


def seconds(code: str, arguments: list[str], *, as_terminal: bool) -> float:
    """Time one process."""
    environment = {
        name: value
        for name, value in os.environ.items()
        # Without bytecode, what is timed is the compiler.
        if name not in {"PYTHONDONTWRITEBYTECODE", "FORCE_COLOR"}
    }
    if as_terminal:
        environment["FORCE_COLOR"] = "1"
    start = time.perf_counter()
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Print the median of each row."""
    times: dict[str, list[float]] = {name: [] for name in ROWS}
    for _ in range(ROUNDS):
        for name, (code, arguments, as_terminal) in ROWS.items():
            times[name].append(seconds(code, arguments, as_terminal=as_terminal))
    medians = {name: statistics.median(values) for name, values in times.items()}
    bare, imports = list(medians.values())[:2]
    print(f"{'':32}{'× bare':>8}{'× imports':>11}")
    for name, median in medians.items():
        print(f"{name:32}{median / bare:8.2f}{median / imports:11.2f}")


if __name__ == "__main__":
    main()
