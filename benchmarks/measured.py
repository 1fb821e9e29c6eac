"""Times of ours and of what stands beside it, taken in turns, the best of several; and memory."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.promises import Figure
from data.foundation import apart
from data.foundation.steps import Step

ROUNDS = 3
KIB = 1024


class Parts:
    """The progress of some work; `told` says how many seconds each part of it took, in their order.

    A part is what stands before the dot in what a step is about (`staging.cases`), and else all of that.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._seconds: dict[str, float] = {}
        self._clock = clock
        self._part, self._since = "", clock()

    def __call__(self, step: Step) -> None:
        """The part before ends, and that of this step begins or goes on."""
        now = self._clock()
        self._seconds[self._part] = self._seconds.get(self._part, 0.0) + now - self._since
        self._part, self._since = (step.about or step.stage).partition(".")[0], now

    @property
    def told(self) -> str:
        """For example "staging 3 s, marts 9 s"; what is done before the first part belongs to that one."""
        self(Step(""))
        first = self._seconds.pop("", 0.0)
        parts = dict(self._seconds)
        for name in list(parts)[:1]:
            parts[name] += first
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in parts.items())


def in_turns(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The best seconds of each work; they take turns, so that a busy machine is as busy for all of them."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = time.perf_counter()
            work()
            best[number] = min(best[number], time.perf_counter() - start)
    return best


def compared(name: str, ours: float, against: float) -> Figure:
    """The ratio of seconds to seconds, with both."""
    return Figure(name, ours / against, f"{ours:.2f} s / {against:.2f} s")


def peak_mb(work: Callable[..., None], *arguments: object) -> float:
    """The most memory that a new process takes for this work, or one that it starts, in MB. Raises
    RuntimeError if it fails.
    """
    context = multiprocessing.get_context("spawn")
    peak = context.Value("d", 0.0)
    process = context.Process(target=_and_peak, args=(peak, work, arguments))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{work.__name__} ended with {process.exitcode}")
    return float(peak.value)


def _and_peak(peak: object, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    work(*arguments)
    apart.close()
    # Not its own `ru_maxrss`: that is at least the one of who started it, and that one wrote the files.
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    most = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    peak.value = most * KIB / 1e6  # type: ignore[attr-defined]
