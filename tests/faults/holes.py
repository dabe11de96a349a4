"""wapiti looks for holes, where it is installed (Debian has it)."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.running import running

SECONDS = 300
# It stops looking for pages after this, so that time is left for the attacks.
ATTACK_SECONDS = 40
PAGES = 150
# The first is a header that browsers have dropped; the second is sent by a site behind TLS alone.
EXPECTED = ("X-XSS-Protection is not set", "Strict-Transport-Security is not set")


def look_for_holes(seconds: int = SECONDS) -> list[str]:
    """Let wapiti attack a running server with the modules that it has switched on."""
    wapiti = shutil.which("wapiti")
    if wapiti is None:
        return ["Faults: 0.", "Not tried: wapiti is not installed."]
    with (
        tempfile.TemporaryDirectory() as folder,
        running(NERVEWISE_WORKERS="1", NERVEWISE_LIMITS="off") as server,
    ):
        report = Path(folder) / "report.json"
        address = f"http://127.0.0.1:{server.port}/"
        limits = ["--max-scan-time", str(seconds), "--max-attack-time", str(ATTACK_SECONDS)]
        bounds = [*limits, "--max-links-per-page", "50", "--max-files-per-dir", str(PAGES)]
        output = ["--format", "json", "--output", str(report), "--no-bugreport", "--store-session", folder]
        subprocess.run(  # noqa: S603 - found above
            [wapiti, "--url", address, *bounds, *output], check=True, capture_output=True, timeout=seconds * 2
        )
        found = json.loads(report.read_text("utf-8"))
    kinds = {
        kind: [entry for entry in entries if entry["info"] not in EXPECTED]
        for part in ("vulnerabilities", "anomalies", "additionals")
        for kind, entries in found[part].items()
    }
    told = [f"- {kind}: {len(some)}, such as {some[0]['info'][:200]}" for kind, some in kinds.items() if some]
    infos = found["infos"]
    return [
        f"Faults: {sum(len(some) for some in kinds.values())}.",
        f"- {infos['version']}, for {seconds} s at most; expected, and not counted: {', '.join(EXPECTED)}.",
        *told,
    ]
