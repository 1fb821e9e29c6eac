"""What a benchmark says: times of a baseline and of ours, taken in turns, the best of several."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ROUNDS = 3
MIB = 1024


@dataclass(frozen=True)
class Line:
    """One row of the table: what was measured, the numbers, and what was promised."""

    what: str
    ours: str
    baseline: str
    ratio: str
    promised: str


def in_turns(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The best seconds of each work; they take turns, so that a busy machine is as busy for all of them."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = time.perf_counter()
            work()
            best[number] = min(best[number], time.perf_counter() - start)
    return best


def compared(what: str, ours: float, baseline: float, promised: str) -> Line:
    """Seconds against seconds."""
    return Line(what, f"{ours:.2f} s", f"{baseline:.2f} s", f"{ours / baseline:.2f}", promised)


def peak_mib(work: Callable[..., None], *arguments: object) -> float:
    """The most memory that a new process takes for this work. Raises RuntimeError if it fails."""
    context = multiprocessing.get_context("spawn")
    peak = context.Value("d", 0.0)
    process = context.Process(target=_and_peak, args=(peak, work, arguments))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{work.__name__} ended with {process.exitcode}")
    return float(peak.value)


def markdown(lines: Iterator[Line]) -> Iterator[str]:
    """The lines as a table, each as soon as it is measured."""
    yield "| measured | ours | baseline | ratio | promised |\n|---|---:|---:|---:|---|"
    for line in lines:
        yield f"| {line.what} | {line.ours} | {line.baseline} | {line.ratio} | {line.promised} |"


def _and_peak(peak: object, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    work(*arguments)
    peak.value = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB  # type: ignore[attr-defined]
