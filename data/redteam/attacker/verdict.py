"""How thoroughly is attacked, and what an attack reports: number, name, whether it was withstood, figures."""

from dataclasses import dataclass
from typing import Any

NAMED = 0.9  # a claim is made from this posterior on
POINTS = 0.05  # so much better than the prior may a guess be


@dataclass(frozen=True)
class Effort:
    """`full`: all cells, not the sample that the seed draws. `blocks` are reconstructed by so many `chains`
    and `sweeps`, `solved` cells of each by whole numbers. `least`: so many small cells must be judged, or
    attack 1 proves nothing; 0 where there are few people. Each question of the public is `asked` so often;
    0: a few of them.
    """

    full: bool = False
    blocks: int = 6
    chains: int = 24
    sweeps: int = 40
    solved: int = 4
    least: int = 1000
    asked: int = 1


FULL = Effort(full=True, blocks=72, chains=32, sweeps=120, solved=20, asked=8)
SAMPLE = Effort(least=0, asked=0)


def entry(
    number: int,
    name: str,
    passed: bool,
    *,
    tried: int | None = None,
    named: int | None = None,
    **figures: Any,
) -> dict[str, Any]:
    """One entry of the report, of plain numbers.

    `tried` are the cells that the attack could have named, `named` those that it did. A check, which looks
    whether the release is as the method says and names nothing, has neither.
    """
    plain = {key: _plain(value) for key, value in figures.items()}
    counted = {key: _plain(value) for key, value in (("tried", tried), ("named", named)) if value is not None}
    return {"number": number, "name": name, "passed": bool(passed), **counted, "figures": plain}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    return round(value, 4) if isinstance(value, float) else value
