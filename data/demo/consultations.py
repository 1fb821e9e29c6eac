"""Consultations: about five a year and person (Wehr 2021: 772 with 157 persons), most at the start."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo import arrow_columns, drawing
from data.demo.drawing import YEAR, Integers, day, happens, pick, pick_by, year_of
from data.demo.goals import Goals
from data.demo.spells import START, Spells

PER_YEAR = 4.9
TOPICS = [13, 5, 6, 11, 4, 2, 14, 8, 5, 6, 12, 18, 13, 4]
CHANNELS = [[78, 12, 5, 4, 1], [42, 36, 10, 8, 4], [66, 16, 8, 8, 2]]  # until 2019, 2020/21, since 2022
# Referral by kind of topic (goal areas and the four others): the regular service that is asked most often.
SERVICE_OF_TOPIC = [2, 3, 1, 1, 4, 1, 0, 6, 5, 3, 0, 1, 5, 8]


@dataclass(frozen=True)
class Consultations:
    """Per consultation: position of its case, day, and codes; `referral` is -1 where nobody was referred."""

    case: Integers
    day: Integers
    kind: Integers
    place: Integers
    channel: Integers
    topic: Integers
    minutes: Integers
    referral: Integers

    def table(self, rng: np.random.Generator, case_ids: pa.Array) -> pa.Table:
        """The table beratungen."""
        return pa.table(
            {
                "beratung_id": arrow_columns.pseudonyms(rng, len(self.case)),
                "fall_id": case_ids.take(pa.array(self.case)),
                "datum": arrow_columns.days(self.day),
                "art": arrow_columns.choice(self.kind, drawing.values_of("art")),
                "ort": arrow_columns.choice(self.place, drawing.values_of("ort")),
                "kanal": arrow_columns.choice(self.channel, drawing.values_of("kanal")),
                "thema": arrow_columns.choice(self.topic, drawing.values_of("thema")),
                "dauer_min": arrow_columns.integers(self.minutes),
                "verweis_an": arrow_columns.choice(self.referral, drawing.values_of("verweis_an")),
            }
        )


def drawn(rng: np.random.Generator, spells: Spells, goals: Goals) -> Consultations:
    """The consultations since 2018. Whoever agreed on a goal was counselled at least once."""
    begin = np.maximum(spells.opened, START)
    years = (spells.last - begin + 1) / YEAR
    often = rng.gamma(2.2, 1 / 2.2, len(years)) * rng.lognormal(0, 0.12)
    number = rng.poisson(PER_YEAR * often * years)
    with_goal = np.zeros(len(years), dtype=np.bool_)
    with_goal[goals.case] = True
    number = np.where(with_goal, np.maximum(number, 1), number)
    case = np.repeat(np.arange(len(years)), number)
    count = len(case)
    when = begin[case] + (rng.random(count) ** 1.25 * (spells.last - begin + 1)[case]).astype(np.int64)
    # No consultations at weekends: a Saturday or Sunday becomes the Friday before, if counselling had begun.
    weekday = (when + 3) % 7
    when = np.maximum(when - np.maximum(weekday - 4, 0), begin[case])
    period = (when >= day(2020, 3, 16)).astype(np.int64) + (year_of(when) >= 2022)
    topic = pick(rng, TOPICS, count)
    channel = pick_by(rng, CHANNELS, period)
    usual = np.array(SERVICE_OF_TOPIC)[topic]
    service = np.where(happens(rng, 0.7, count), usual, pick(rng, [18, 16, 12, 12, 12, 12, 7, 5, 6], count))
    length = rng.lognormal(np.log(np.where(channel == 0, 46.0, 17.0)), 0.5)
    return Consultations(
        case=case,
        day=when,
        kind=pick(rng, [70, 25, 5], count),
        place=np.where(channel == 0, pick(rng, [66, 22, 12], count), 0),
        channel=channel,
        topic=topic,
        minutes=np.clip(np.round(length / 5) * 5, 5, 300).astype(np.int64),
        referral=np.where(happens(rng, 0.21, count), service, -1),
    )
