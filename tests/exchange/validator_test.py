# SPDX-License-Identifier: MIT
"""A validator that others wrote takes what attune writes as FHIR. Skipped without it.

    npm install --prefix DIRECTORY fhir@4.12.0
    ATTUNE_FHIR_VALIDATOR=DIRECTORY/node_modules ctest --preset dev -R validator
"""

import json
import os
import shutil
import subprocess
import unittest
from pathlib import Path

from fhir_test import KINDS, NAMES, sittings
from manual import Home

MODULES = os.environ.get("ATTUNE_FHIR_VALIDATOR", "")
SCRIPT = Path(__file__).parent / "validator.js"


def problems(resources):
    """What the validator finds wrong with each."""
    lines = "".join(json.dumps(resource) + "\n" for resource in resources)
    environment = {**os.environ, "NODE_PATH": MODULES}
    done = subprocess.run(
        ["node", SCRIPT], input=lines, env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@unittest.skipUnless(shutil.which("node") and Path(MODULES, "fhir").is_dir() and MODULES, "no validator")
class Validator(unittest.TestCase):
    def test_it_takes_all_questionnaires_and_bundles(self):
        with Home() as home:
            resources = [
                json.loads(home.attune("codebook", name, "--to", "fhir", *about))
                for name in [*NAMES, KINDS]
                for about in ([], ["--about", "partner"] if name in ("closeness", KINDS) else [])
            ]
            resources += [json.loads(bundle) for _, _, bundle, _ in sittings(home)]
        found = problems(resources)
        self.assertEqual(len(found), len(resources))
        self.assertEqual([each for each in found if each], [])

    def test_it_finds_damage(self):
        with Home() as home:
            questionnaire = json.loads(home.attune("codebook", KINDS, "--to", "fhir"))
            (_, _, bundle, _) = next(iter(sittings(home)))
        unexpected = {**questionnaire, "scale": "trust"}
        questionnaire["item"][1]["type"] = "rating"
        damaged = json.loads(bundle)
        del damaged["entry"][1]["resource"]["code"]
        self.assertTrue(all(problems([questionnaire, unexpected, damaged])))


if __name__ == "__main__":
    unittest.main()
