"""Time and weigh commands on made datasets: `python tests/benchmarks/scale.py [CLAIMS ...]`.

Prints seconds and megabytes as multiples of the smallest dataset's, and loading as multiples of
`yaml.load` with the C loader over the same files; multiples of one run can be compared.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (100, 1_000, 10_000, 100_000)
RUN = "from essfacts.__main__ import run; run()"
LOAD = {
    "essfacts": "import gc; gc.disable(); import sys, essfacts; essfacts.load(sys.argv[1], 64)",
    "yaml.load": "import gc; gc.disable(); import sys, pathlib, yaml\n"
    "data = [yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)"
    " for path in pathlib.Path(sys.argv[1]).glob('*.yaml')]",
}
TABLES = {
    "release": """title: Un communiqué inventé
date: 2024-01-01
publishers: [org-0]
partners: []
sections:
  - id: body
    name: {fr: Corps, en: Body}
    name_is_descriptive: true
""",
    "topics": "- id: repair\n  name: {fr: Réparation, en: Repair}\n",
    "units": "- id: workshop\n  name: {fr: ateliers, en: workshops}\n",
    "organisations": "".join(
        f"- id: org-{index}\n  name: Réseau {index}\n  name_is_descriptive: true\n"
        "  description: {fr: Un réseau., en: A network.}\n"
        for index in range(20)
    ),
    "people": "[]\n",
    "sources": "".join(
        f"- id: source-{index}\n  type: footnote\n  producers: [org-{index}]\n"
        f"  title: {{fr: Enquête {index}, en: Survey {index}}}\n  title_is_descriptive: true\n"
        f"  date_published: 2023-09\n"
        for index in range(10)
    ),
    "computed": "[]\n",
}
KINDS = ("levers", "quotes", "effects", "examples", "actions", "method", "profiles")


def make(folder: Path, claims: int) -> Path:
    """Make a dataset of stats, and the text of its release; give the path of the text."""
    for name, table in {**TABLES, **dict.fromkeys(KINDS, "[]\n")}.items():
        (folder / f"{name}.yaml").write_text(table, "utf-8")
    sentences = ["Un communiqué inventé\n\nLe 1er janvier 2024\n\n"]
    with (folder / "stats.yaml").open("w", encoding="utf-8") as stream:
        for index in range(claims):
            number = 10_000 + index
            stream.write(
                f"- id: stat-{index}\n"
                f"  text:\n    fr: Le réseau {index} compte {number} ateliers de réparation.\n"
                f"    en: Network {index} has {number} repair workshops.\n"
                f"  section: body\n  excerpt: {number} ateliers\n"
                f"  sources: [source-{index % 10}]\n  organisations: [org-{index % 20}]\n"
                f"  topics: [repair]\n  value: {number}\n  unit: workshop\n"
                f'  approximation: exact\n  written: "{number}"\n'
                f"  counts: {{fr: ateliers, en: workshops}}\n"
            )
            sentences.append(f"Le réseau compte {number} ateliers ouverts à tous.\n")
    text = folder / "release.txt"
    text.write_text("".join(sentences), "utf-8")
    return text


def measure(code: str, *arguments: str) -> tuple[float, float]:
    """Run a process and give its seconds and its peak megabytes."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"ESSFACTS_MAX_SIZE": "64"}  # MB: the largest has more than most allow
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], env=environment, stdout=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    """Measure each command on each size."""
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    smallest: dict[str, tuple[float, float]] = {}
    print(f"{'claims':>8}  {'command':28}{'× time':>8}{'× memory':>10}{'µs a claim':>12}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            text = str(make(Path(name), size))
            commands = {
                "claims --format ndjson": ("claims", "--format", "ndjson"),
                "search": ("search", "ateliers", "1001"),
                "stats --source": ("stats", "--source"),
                "seal": ("seal", text),
                "verify": ("verify", text),
            }
            for command, arguments in commands.items():
                seconds, megabytes = measure(RUN, *arguments, "--data", name)
                first = smallest.setdefault(command, (seconds, megabytes))
                print(
                    f"{size:>8}  {command:28}{seconds / first[0]:8.1f}{megabytes / first[1]:10.1f}"
                    f"{seconds / size * 1e6:12.0f}"
                )
            loads = {reader: measure(code, name) for reader, code in LOAD.items()}
            ours, theirs = loads["essfacts"], loads["yaml.load"]
            print(
                f"{size:>8}  {'load, against yaml.load':28}{ours[0] / theirs[0]:8.2f}"
                f"{ours[1] / theirs[1]:10.2f}"
            )


if __name__ == "__main__":
    main()
