"""Times of ours and of what stands beside it, taken in turns, the best of several; and memory."""

import multiprocessing
import resource
import time
from collections.abc import Callable

from benchmarks.promises import Figure

ROUNDS = 3
KIB = 1024


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
    """The most memory that a new process takes for this work, in MB. Raises RuntimeError if it fails."""
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
    peak.value = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / 1e6  # type: ignore[attr-defined]
