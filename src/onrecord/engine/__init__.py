"""Where a stage runs: in this process or in a pool. The answer is the same, and comes in the order of the input."""

from onrecord.engine.processes import run_in_processes
from onrecord.engine.serial import run_serially

__all__ = ["run_in_processes", "run_serially"]
