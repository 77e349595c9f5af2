"""Programs that come from elsewhere than PyPI. Where one is missing its tests are left out; in CI they fail."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

TOOLS = Path(__file__).parent.parent / ".tools"
"""Where `make .tools/ready` installs the packages of `tests/package.json`."""


def require_chromium() -> str:
    """The browser."""
    return shutil.which("chromium") or _leave_out("there is no Chromium (apt-get install chromium)")


def require_java() -> str:
    """A Java runtime."""
    return shutil.which("java") or _leave_out("there is no Java (apt-get install default-jre-headless)")


def require_node() -> str:
    """The runtime of npm's packages."""
    return shutil.which("node") or _leave_out("there is no Node (apt-get install nodejs)")


def require_newsboat() -> str:
    """A feed reader."""
    return shutil.which("newsboat") or _leave_out("there is no newsboat (apt-get install newsboat)")


def require_git() -> str:
    """The version control that scripts of the docs use."""
    return shutil.which("git") or _leave_out("there is no git (apt-get install git)")


def require_jq() -> str:
    """The reader of JSON that scripts of the docs use."""
    return shutil.which("jq") or _leave_out("there is no jq (apt-get install jq)")


def require_nginx() -> str:
    """The web server."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    return found or _leave_out("there is no nginx (apt-get install nginx-light)")


def require_npm(package: str, file: str) -> Path:
    """A file of a package of `tests/package.json`."""
    found = TOOLS / "node_modules" / package / file
    return found if found.is_file() else _leave_out(f"npm's package {package} is not installed (make .tools/ready)")


def _leave_out(why: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
