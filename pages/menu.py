"""The menu: which pages there are, and under which address."""

# One line per page: the file in `pages/`, and its address.
MENU = {
    "public/overview": "",
    "public/funds": "foerdermittel",
    "public/caseload": "fallzahlen",
    "public/counselling": "beratung",
    "public/goals": "zielerreichung",
    "public/municipality": "gemeinde",
    "public/methods": "methoden",
}
# Other pages link to these.
COUNSELLING = "public/counselling"
METHODS = "public/methods"
# These need no figures, and no filters; they are closed unless a setting opens them.
INTERNAL = {
    "internal/deliveries": "daten-abgeben",
    "internal/publishing": "veroeffentlichen",
}
