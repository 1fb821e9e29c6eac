"""The most memory that this process had at once, since a moment; as Linux counts it."""

from collections.abc import Callable
from pathlib import Path


def since_now() -> Callable[[], float]:
    """Begin to count; what it gives says how many MB came on top at most."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forgets the peak of before
    before = _mb("VmRSS")
    return lambda: _mb("VmHWM") - before


def ever() -> float:
    """The most that this process had, in MB; `ru_maxrss` would be that of who started it, if that is more."""
    return _mb("VmHWM")


def _mb(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))
