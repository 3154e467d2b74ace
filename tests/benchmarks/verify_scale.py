"""Show that `essfacts verify` is linear: time and peak memory with 1, 4 and 16 MB around a release.

Run by hand: ESSFACTS_RELEASE=copy.txt python tests/benchmarks/verify_scale.py
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (1, 4, 16)
WORDS = (
    "les vélos roulent sur une route – l'atelier répare 12 % des roues, près de 1 250 pédales ; "
    "« bien sûr ! » dit-elle. Le cœur y est…\n\n- Un frein\n- Une chaîne\n\n"
    "On pé-\ndale pour la ville"
).split(" ")
MEASURE = """
import resource, sys, time
from pathlib import Path
from essfacts.dataset import load, read_fingerprint
from essfacts.copies import read_copy
from essfacts.verify import verify
dataset, fingerprint, content = load(), read_fingerprint(), Path(sys.argv[1]).read_bytes()
start = time.perf_counter()
report = verify(dataset, fingerprint, read_copy(content, sys.argv[1]))
seconds = time.perf_counter() - start
verified = sum(result.status == "verified" for result in report.results)
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, verified, len(report.results))
"""


def surround(release: str, megabytes: int) -> str:
    """Put made-up text before and after a release."""
    draw = random.Random(megabytes)  # noqa: S311
    average = len(" ".join([*WORDS, ""]).encode()) / len(WORDS)
    words = " ".join(draw.choices(WORDS, k=round(megabytes * 2**20 / average)))
    half = words.index(" ", len(words) // 2)
    return f"{words[:half]}.\n\n{release}\n\n{words[half:]}"


def main() -> None:
    release = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["ESSFACTS_RELEASE"]).read_text(
        encoding="utf-8"
    )
    base: tuple[float, float] | None = None
    print("  size    time  memory  verified")
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in SIZES:
            copy = Path(folder, "copy.txt")
            size = copy.write_text(surround(release, megabytes), encoding="utf-8") / 2**20
            shown = subprocess.run(
                [sys.executable, "-c", MEASURE, str(copy)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()
            seconds, memory = float(shown[0]), float(shown[1])
            base = base or (seconds, memory)
            ratios = f"{seconds / base[0]:5.1f} ×  {memory / base[1]:4.1f} ×"
            print(f"{size:4.0f} MB  {ratios}  {shown[2]} of {shown[3]}")


if __name__ == "__main__":
    main()
