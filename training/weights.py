"""What training ends with: weights put into the package, beside the list of their digests."""

from __future__ import annotations

import hashlib

from onrecord.taggers.files import DIGESTS, FOLDER, read_digests


def keep(name: str, data: bytes) -> None:
    """Write a file of weights into the package, and its digest into the list there."""
    (FOLDER / name).write_bytes(data)
    listed = FOLDER / DIGESTS
    digests = {**read_digests(listed.read_text(encoding="ascii")), name: hashlib.sha256(data).hexdigest()}
    listed.write_text("".join(f"{digest}  {file}\n" for file, digest in sorted(digests.items())), encoding="ascii")
    print(f"{name}: {len(data)} bytes", flush=True)
