"""How many processes this machine can take."""

from __future__ import annotations

import os
from pathlib import Path

PROCESS_BYTES = 700_000_000  # what one process that reads needs at most, parser and word lists included
CGROUP = Path("/sys/fs/cgroup")  # where Linux says what a container may take
MEMORY = Path("/proc/meminfo")


def default_jobs(cgroup: Path = CGROUP, memory: Path = MEMORY) -> int:
    """One process for each core that we may use, fewer where memory is short, always one."""
    free = _free_bytes(cgroup, memory)
    fitting = free // PROCESS_BYTES if free is not None else 1
    return max(1, min(_cores(cgroup), fitting))


def _cores(cgroup: Path) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, _, period = (_read(cgroup / "cpu.max") or "max").partition(" ")
    if quota.isdigit() and period.isdigit() and int(period):
        cores = min(cores, -(-int(quota) // int(period)))
    return cores


def _free_bytes(cgroup: Path, memory: Path) -> int | None:
    """Bytes that can still be taken, by the machine and by the limit of the container; None where nothing says so."""
    found: list[int] = []
    available = _line(memory, "MemAvailable:")
    if available is not None:
        found.append(available * 1024)
    elif hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)
    limit = _read(cgroup / "memory.max")
    if limit is not None and limit.isdigit():
        found.append(max(0, int(limit) - (_line(cgroup / "memory.stat", "anon") or 0)))
    return min(found, default=None)


def _line(path: Path, name: str) -> int | None:
    """The number behind a name in a file of names and numbers."""
    for line in (_read(path) or "").splitlines():
        words = line.split()
        if len(words) > 1 and words[0] == name and words[1].isdigit():
            return int(words[1])
    return None


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
