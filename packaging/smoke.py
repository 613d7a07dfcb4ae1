"""`python packaging/smoke.py`: builds wheel and sdist, installs the wheel anew, and uses it as a stranger would.

Once as it is and once with every extra; `--python` names another interpreter, `--keep` the folder for what was built.
Libraries come from the package index, in the versions of requirements.lock.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("taggers/SHA256SUMS", "lexicon/data/cues.tsv", "web/templates/base.html", "store/schema.sql", "py.typed")


def build(out: Path) -> tuple[Path, Path]:
    """The wheel and the sdist of this tree."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(out)], cwd=ROOT, check=True)
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


def check_contents(wheel: Path, sdist: Path) -> None:
    """That data come along, and nothing of tests or of people's own."""
    inside = zipfile.ZipFile(wheel).namelist()
    for part in PARTS:
        assert f"onrecord/{part}" in inside, f"{part} is not in the wheel"
    assert not [name for name in inside if name.startswith(("tests/", "bench/", "training/"))], "more than the package"
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
    assert any(name.endswith("/README.md") for name in names)
    assert not [name for name in names if name.endswith(".onrecord") or "/.venv/" in name or "/site/" in name]


def install(python: str, folder: Path, what: str) -> Path:
    """A new environment with the wheel in it; the folder of its programs."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    programs = folder / "bin"
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = folder / "pins.txt"
    pins.write_text("\n".join(re.findall(r"^\w[^\s\\]*==\S+(?: ; [^\\\n]+)?", lines, re.M)), encoding="utf-8")
    subprocess.run([programs / "pip", "install", "--quiet", "-c", str(pins), what], check=True)
    return programs


def use(programs: Path, folder: Path) -> None:
    """What a stranger does first."""
    shutil.copytree(ROOT / "examples" / "reports", folder / "reports")
    for arguments, codes in (
        (["--help"], (0,)),
        (["doctor"], (0,)),
        (["build", "reports", "-o", "r.onrecord"], (3,)),  # one report is in German
        (["timeline", "r.onrecord"], (0,)),
        (["export", "r.onrecord", "--table", "events"], (0,)),
        (["report", "r.onrecord", "-o", "r.html"], (0,)),
    ):
        done = subprocess.run(
            [programs / "onrecord", *arguments], cwd=folder, capture_output=True, text=True, check=False
        )
        print(f"onrecord {' '.join(arguments)}: exit code {done.returncode}, {len(done.stdout)} characters", flush=True)
        if done.returncode not in codes:
            sys.exit(done.stdout + done.stderr)
    size = sum(path.stat().st_size for path in (folder / "reports").parent.glob("r.*"))
    print(f"{size / 1e6:.1f} MB of record and report")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = asked.keep or Path(place) / "dist"
        wheel, sdist = build(folder)
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, {sdist.name}: {sdist.stat().st_size / 1e6:.1f} MB")
        check_contents(wheel, sdist)
        for name, what in (("bare", str(wheel)), ("all", f"{wheel}[all]")):
            print(f"{name}:", flush=True)
            (Path(place) / name).mkdir()
            use(install(asked.python, Path(place) / name / "venv", what), Path(place) / name)


if __name__ == "__main__":
    main()
