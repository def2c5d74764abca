# SPDX-License-Identifier: MIT
"""axe-core, a checker of accessibility that others wrote, fetched by npm below the build directory."""

import fcntl
import json
import shutil
import subprocess
from pathlib import Path

PACKAGE = "axe-core@4.14.1"
SECONDS_TO_FETCH = 60
GRAVE = ("serious", "critical")
ALL = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.2; off unless asked for
COLOURS = {"runOnly": ["color-contrast"]}


def fetched(folder, path):
    """Whether the package is there, after fetching it where it was not."""
    version = PACKAGE.split("@")[1]
    if path.is_file() and f"axe v{version}" in path.read_text(encoding="utf-8")[:200]:
        return True
    if not shutil.which("npm"):
        return False
    words = ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
    try:
        subprocess.run(words, timeout=SECONDS_TO_FETCH, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return path.is_file()


def script(folder):
    """The text of the checker, or None where it can't be had."""
    path = Path(folder) / "node_modules" / "axe-core" / "axe.min.js"
    Path(folder).mkdir(parents=True, exist_ok=True)
    with open(Path(folder) / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two tests at once would write over one another
        return path.read_text(encoding="utf-8") if fetched(folder, path) else None


def complaints(page, rules):
    """What it finds grave on a page that has its script: a line for each rule."""
    options = json.dumps({"resultTypes": ["violations"], **rules})
    found = page.evaluate(
        f"""axe.run(document, {options}).then((results) => results.violations.map((each) => ({{
              rule: each.id, impact: each.impact, help: each.help,
              places: each.nodes.slice(0, 3).map((node) => node.html.slice(0, 120))}})))"""
    )
    return [f"axe {each['rule']}: {each['help']}: {each['places']}" for each in found if each["impact"] in GRAVE]
