"""What `doctor` asks of the portal: whether this machine can show Japanese where it draws pictures."""

import shutil
import subprocess

from bot.findings import Finding, Level


def check() -> list[Finding]:
    """Fonts: pages use the reader's own; only pictures drawn here need one of this machine's."""
    if not (tool := shutil.which("fc-list")):
        return [Finding(Level.NOTE, "fonts", "this machine has no font list; pages use the readers' own fonts")]
    listed = subprocess.run([tool, ":lang=ja", "family"], capture_output=True, text=True, check=False, timeout=10)  # noqa: S603 - no input in it
    if listed.stdout.strip():
        return [Finding(Level.GOOD, "fonts", "Japanese can be drawn here")]
    words = (
        "no Japanese font on this machine; pages use the readers' own, pictures drawn here need one (fonts-noto-cjk)"
    )
    return [Finding(Level.NOTE, "fonts", words)]
