"""The Nu HTML checker finds no error in any page of the golden site in any theme, nor of the demonstration site."""

import json
import subprocess

from browsing import Builds
from conftest import THEMES
from tools import require_npm


def test_the_checker_finds_no_error(java: str, builds: Builds) -> None:
    checker = require_npm("vnu-jar", "build/dist/vnu.jar")
    folders = [builds.find(site, theme) for site in ("golden", "arabic") for theme in THEMES]
    folders.append(builds.find("demo", "broadsheet"))
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
