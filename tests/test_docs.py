"""The picture that the README shows is what the program draws."""

from __future__ import annotations

import re
import shlex

import pytest
from program import HOUSE, run_here

README = HOUSE / "README.md"


def test_the_picture_is_kept_true() -> None:
    picture = HOUSE / "docs" / "chart.svg"
    if not picture.exists():
        pytest.skip("no picture here: an sdist has none")
    shown = re.search(
        r"^\$? ?essfacts (.*--format svg.*) > docs/chart\.svg$",
        README.read_text("utf-8"),
        re.MULTILINE,
    )
    assert shown, "the README says how its picture is made"
    assert run_here(*shlex.split(shown[1])).out == picture.read_text("utf-8")
