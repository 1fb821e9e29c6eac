"""The menu: which pages there are, and under which address."""

from data.access.rights import Right

# One line per page: the file in `pages/`, and its address.
MENU = {
    "public/overview": "",
    "public/funds": "foerdermittel",
    "public/caseload": "fallzahlen",
    "public/counselling": "beratung",
    "public/goals": "zielerreichung",
    "public/municipality": "gemeinde",
    "public/methods": "methoden",
    "public/factcheck": "pruefen",
    "public/press": "presse",
}
# What an installation says of itself: in the foot of every page, not in the menu. They need no figures.
LEGAL = {
    "public/imprint": "impressum",
    "public/privacy": "datenschutz",
    "public/accessibility": "barrierefreiheit",
}
# Other pages link to these.
COUNSELLING = "public/counselling"
METHODS = "public/methods"
PLACE = "public/municipality"
# The parts of a page, as its address names them (`?part=dauer`): what most readers ask comes first.
PARTS = {
    "funds": ("jahre", "verwendung", "kosten", "empfaenger", "kreise", "veraenderung", "quellen"),
    "caseload": (
        "personen",
        "stellen",
        "bedarf",
        "stellen-vergleich",
        "alter-herkunft",
        "status-wohnen",
        "bildung-leistungen",
    ),
    "counselling": ("beratungen", "themen", "verweise", "ende"),
    "goals": ("ziele", "plaene", "dauer", "leben", "wege"),
    "municipality": ("zahlen", "verlauf", "menschen", "nebeneinander"),
    "groupings": ("zahlen", "verlauf", "karte", "orte", "nebeneinander"),  # of one, where a place stands
    "steering": ("faelle", "stellen", "geld", "lieferungen", "veroeffentlichung", "kennzahlen"),
    "press": ("neues", "saetze"),
    "methods": ("schutz", "herkunft", "veroeffentlichungen", "lieferungen", "angaben", "kennzahlen"),
}
# These need no figures, and no filters; each is for who has its right.
INTERNAL = {
    "internal/steering": "steuerung",
    "internal/deliveries": "daten-abgeben",
    "internal/publishing": "veroeffentlichen",
    "internal/embargo": "sperrfrist",
    "internal/members": "konten",
    "internal/logbook": "protokoll",
}
TAKES_FILES = INTERNAL["internal/deliveries"]
NEEDED = {
    "steuerung": Right.READ,
    "daten-abgeben": Right.SEND,
    "veroeffentlichen": Right.PUBLISH,
    "sperrfrist": Right.PRESS,
    "konten": Right.ADMINISTER,
    "protokoll": Right.AUDIT,
}
# Where somebody signs in and follows an invitation: routes, not pages.
SIGN_IN, INVITATION = "/anmelden", "/einladung/"
# What a request says that came from a page of this server, once that was looked at.
OWN_ORIGIN = "own_origin"
# To the identity provider of the house, from there, and out of it.
OPEN_ID, OPEN_ID_BACK, OPEN_ID_END = (f"{SIGN_IN}/openid{rest}" for rest in ("", "/zurueck", "/ende"))
