"""The Nu HTML checker has no error to report, of any page in any bundled theme."""

import json
import subprocess
from pathlib import Path

from browsing import build_site
from conftest import THEMES
from tools import require_java, require_npm


def test_the_checker_finds_no_error(tmp_path: Path) -> None:
    java, checker = require_java(), require_npm("vnu-jar", "build/dist/vnu.jar")
    folders = [
        build_site(site, theme, tmp_path / site / theme) for site in ("golden", "arabic", "demo") for theme in THEMES
    ]
    run = subprocess.run(
        [
            java,
            "-Xss2m",
            "-jar",
            str(checker),
            "--errors-only",
            "--format",
            "json",
            "--skip-non-html",
            *map(str, folders),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(run.stderr)["messages"]
    said = {
        f"{message['url'].partition(str(tmp_path))[2]}:{message.get('lastLine')}: {message['message']}"
        for message in messages
    }
    assert sorted(said) == []
