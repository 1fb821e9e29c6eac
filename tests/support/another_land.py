"""A made-up Land of 3 Kreise and 20 municipalities, without Regierungsbezirke and associations, and its first
release: everything that a folder of a Land holds, and deliveries of its offices.

    python -m tests.support.another_land FOLDER

fills `FOLDER/store`, opens every page and draws pictures, in a process that is of that Land (`written` made
its folder, `DASHBOARD_LAND` names it). What pages and pictures say is printed as JSON.
"""

import json
import shutil
import sys
from pathlib import Path

CODE, TOWN, PROGRAMME, TITLE = "77", "Kreisfreie Stadt", "Lotsenprogramm", "Begleitung in Seeland"
KREISE = {"77001": ("Nordsee", 12), "77002": ("Südsee", 7), "77100": ("Hafenstadt", 1)}
# Of the reference of Baden-Württemberg, what says nothing of it.
SAME = ("goal_areas.csv",)
KEYS = 8  # the seed of the keys
MORE_KEYS = range(1, 7)  # the release is drawn so often once more, of 1,500 and of 3,000 people
BOOKED = "buchung_id;ags;kreis;haushaltsjahr;programm;stufe;betrag_eur;gebucht_am"
POSTS = "stelle_id;monat;ags;kreis;vzae_bewilligt;vzae_besetzt"


def municipalities(kreis: str) -> list[str]:
    """The keys of the municipalities of a Kreis."""
    return [f"{kreis}{number:03}" for number in range(1, KREISE[kreis][1] + 1)]


def written(folder: Path, reference: Path) -> Path:
    """The folder of this Land. Its municipalities are squares in a row, a row for each Kreis."""
    land = folder / "seeland"
    land.mkdir(parents=True)
    for name in SAME:
        shutil.copyfile(reference / name, land / name)
    head = "area_code,level,name,type,parent_code,ars,lon,lat,area_km2,population,population_date"
    areas = [f"{CODE},land,Seeland,Land,,,,,,,"]
    squares: dict[str, list[str]] = {"gemeinden": [], "kreise": []}
    for row, (kreis, (name, many)) in enumerate(KREISE.items()):
        kind = TOWN if many == 1 else "Landkreis"
        areas.append(f"{kreis},kreis,{name},{kind},{CODE},,,,,{40_000 * many},2020-12-31")
        squares["kreise"].append(square(0, row, many, {"kreis_ags": kreis, "kreis_name": name}))
        for column, code in enumerate(municipalities(kreis)):
            place = name if many == 1 else f"{name}dorf {column + 1}"
            ars = f"{kreis}0000{code[5:]}"
            centre = f"{8 + column / 10},{54 + row / 10}"
            areas.append(f"{code},gemeinde,{place},Gemeinde,{kreis},{ars},{centre},25,,")
            squares["gemeinden"].append(
                square(column, row, 1, {"ags": code, "name": place, "kreis_ags": kreis, "kreis_name": name})
            )
    text = {
        "areas.csv": "\n".join([head, *areas]),
        "phases.csv": "phase,first_year,last_year\n2018-2020,2018,2020\n2021-2023,2021,2023",
        "responsible.csv": "area_code,sender,since",
        "numbering.csv": "\n".join(
            ["kind,code", *(f"area,{line.split(',')[0]}" for line in areas), f"programme,{PROGRAMME}"]
        ),
        "events.toml": "event = []",
        "published_funds.csv": "area_code,area_name,budget_year,programme,stage,amount_eur,note,source\n"
        f"{CODE},Seeland,2022,{PROGRAMME},bewilligt,900000,,made up",
        "land.toml": f'title_de = "{TITLE}"\ntown = "{TOWN}"\nlatitude = 54.2\n'
        f'[[programme]]\nname = "{PROGRAMME}"\n'
        'under_de = "für die Lotsen"\nunder_en = "for guides"',
    }
    for name, content in text.items():
        (land / name).write_text(content + "\n", encoding="utf-8")
    for name, features in squares.items():
        (land / f"{name}.geojson").write_text(
            '{"type":"FeatureCollection","features":[' + ",\n".join(features) + "]}", encoding="utf-8"
        )
    return land


def square(column: int, row: int, many: int, properties: dict[str, str]) -> str:
    """So many squares beside each other as one outline, with the corners that the single ones have."""
    x, y = [8 + each / 10 for each in range(column, column + many + 1)], [54 + row / 10, 54.1 + row / 10]
    ring = [[each, y[0]] for each in x] + [[each, y[1]] for each in reversed(x)] + [[x[0], y[0]]]
    ring = [[round(lon, 4), round(lat, 4)] for lon, lat in ring]
    return json.dumps(
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": properties}
    )


def deliver(folder: Path, people: int = 600, seed: int = 11) -> list[Path]:
    """People and goals of all Kreise; money and posts of each."""
    from data.redteam import hard_data

    paths = hard_data.write(folder, people, seed, kreise=tuple(KREISE)[:2])
    for path, kreis in zip(paths, KREISE, strict=True):
        at = municipalities(kreis)[0]
        booked = [
            f"B{kreis}{year}{nth};{at};;{year};{PROGRAMME};{stage};{100000 * (year - 2017)};{year}-12-01"
            for year in range(2019, 2024)
            for nth, stage in enumerate(("bewilligt", "ausgezahlt", "verwendet"))
        ]
        posts = [
            f"S{kreis}{nth};{year}-{month:02};{at};;1;0,9"
            for year in range(2019, 2024)
            for month in range(1, 13)
            for nth in range(4)
        ]
        (path / "mittel.csv").write_text("\n".join([BOOKED, *booked]) + "\n", encoding="utf-8")
        (path / "stellen.csv").write_text("\n".join([POSTS, *posts]) + "\n", encoding="utf-8")
    return paths


def main(folder: Path, *, all_of_it: bool) -> None:
    """Import, release with its attacks, every page at three places, and pictures."""
    from data import redteam
    from data.foundation.parameters import Parameters
    from data.questions import figures
    from data.redteam import targets
    from data.releases import shelf
    from pages.named import every
    from tests.support.answered import answered
    from tests.support.opened import EVERY, opened, said
    from tests.support.orders import AGAIN

    attacked: list[bool] = []

    def attacks(release: Path, truth: Path) -> dict[str, object]:
        found = redteam.for_release(Parameters())(release, truth)
        attacked.append(found["passed"])
        return found

    target = targets.made(folder, deliver(folder / "deliveries"), KEYS, attacks)
    for seed in MORE_KEYS if all_of_it else ():
        more = folder / f"keys-{seed}"
        targets.made(more, deliver(more / "deliveries", 1500 * (1 + seed % 2), seed), seed, attacks)
    (released,) = shelf.entries(target.settings.store)
    told: dict[str, str] = {}
    failed: list[str] = []
    places = (CODE, "77001", "77100", "77001001", "77100001")
    for nth, (page, part) in enumerate(EVERY):
        for code in places if all_of_it else (places[0], places[1 + nth % 4]):
            for lang in ("de", "en") if all_of_it else (("de", "en")[nth % 2],):
                tested = opened(page, part=part, area_code=code, lang=lang)
                told[f"{page} {part} {code} {lang}"] = said(tested)
                wrong = (*tested.exception, *tested.error)
                failed += [f"{page} {part} {code}: {each.value}" for each in wrong]
    of_places = [
        name
        for name, each in figures.register().items()
        if each.has_picture and not every.RECIPES[name].grouped
    ]
    for name in of_places if all_of_it else of_places[::7]:
        address = f"/bild/{name}.svg?area_code={CODE}&release={released.name}"
        # On a busy machine it is drawn when somebody asks again.
        answer = answered(address)
        for _ in range(AGAIN):
            if answer.status != 503:
                break
            answer = answered(address)
        told[f"picture {name}"] = answer.body.decode()
        failed += [f"picture {name}: {answer.status}"] if answer.status != 200 else []
    print(json.dumps({"release": released.name, "attacked": attacked, "failed": failed, "told": told}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), all_of_it="--all" in sys.argv)
