"""Count the wrong edits of a dataset's prose that the rules find, by sort of edit.

`python tests/benchmarks/edits.py [FOLDER]`, the packaged dataset if none is named.
"""

import sys
from collections import Counter
from pathlib import Path

from essfacts import load

sys.path.insert(0, str(Path(__file__).parents[1]))

from wrong_edits import edits, unfound


def main() -> None:
    """Print how many edits of each sort are found, then those that are not."""
    dataset = load(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    wrong = list(edits(dataset))
    passed = unfound(dataset, wrong)
    counts, misses = Counter(e.sort for e in wrong), Counter(e.sort for e in passed)
    for sort, count in sorted(counts.items()):
        print(f"{sort:40}{count - misses[sort]:6} of {count:6}")
    print(f"{'all':40}{len(wrong) - len(passed):6} of {len(wrong):6}")
    for edit in passed:
        print(f"not found: {edit.sort}: {edit.record.id}: {edit.what}")


if __name__ == "__main__":
    main()
