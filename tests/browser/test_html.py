"""The Nu HTML checker has no error to report, of any page in any bundled theme."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from browsing import find_site
from conftest import THEMES, Share
from sitebench import SiteBench
from tools import require_java, require_npm


def test_the_checker_finds_no_error(share: Share, built_demo: Callable[[Path], SiteBench]) -> None:
    java, checker = require_java(), require_npm("vnu-jar", "build/dist/vnu.jar")
    folders = [find_site(site, theme, share, built_demo) for site in ("golden", "arabic", "demo") for theme in THEMES]
    run = subprocess.run(
        [
            java,
            "-Xss2m",
            "-XX:TieredStopAtLevel=1",  # it ends before what a better compiler takes is won back: half of the time
            "-XX:+UseSerialGC",
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
        "{}:{}: {}".format(message["url"].partition("/shared/")[2], message.get("lastLine"), message["message"])
        for message in messages
    }
    assert sorted(said) == []
