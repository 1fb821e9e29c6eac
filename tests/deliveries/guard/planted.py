"""Details of invented persons, of every kind: as a program would export them, and as pseudonyms."""

import hashlib

# Numbers of published examples: IBAN of the Bundesbank's, tax number of the Bundeszentralamt's and insurance
# number of the Rentenversicherung's documentation; telephone numbers that are free or of an office.
AS_WRITTEN = {
    "name": ["Fatima Al-Hamwi", "Max Mustermann", "Kovalenko, Olena"],
    "birth-date": ["12.03.1987", "1991-11-30", "4. Mai 1979"],
    "street": ["Hauptstraße 12", "Am alten Markt 5b", "Goethestr. 7"],
    "e-mail": ["fatima.h@example.org", "olena@beispiel.de", "max (at) beispiel.de"],
    "telephone": ["0711 2161234", "+49 176 12345678", "+963 944 123456"],
    "iban": ["DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19"],
    "tax-number": ["36574261809", "36 574 261 809", "36574261809"],
    "insurance-number": ["65 180539 W 001", "65180539W001", "15070649C103"],
    "azr-number": ["160412345678", "170230123456", "181106234567"],
    "passport": ["C01X00T47", "FA 123456", "U12345678"],
    "free-text": [
        "Frau hat gestern erzählt, dass sie im Frühjahr umziehen möchte.",
        "Der Termin beim Amt wurde verschoben, weil die Kinder krank waren.",
        "Er sucht eine Stelle als Bäcker und fragt nach einem Kurs am Abend.",
    ],
}
AS_PSEUDONYMS = {
    "name": ["Fatima-Hamwi", "Max_Mustermann", "OlenaKovalenko", "Mohammed", "Schneider"],
    "birth-date": ["12-03-1987", "1991-11-30", "19790504"],
    "street": ["Hauptstrasse-12", "Bahnhofstr-5b", "Lindenweg7"],
    "e-mail": ["fatima_at_example-org", "olena-at-beispiel-de", "max_at_beispiel-de"],
    "telephone": ["07112161234", "0176-12345678", "00963944123456"],
    "iban": ["DE89370400440532013000", "GB29NWBK60161331926819", "de89370400440532013000"],
    "tax-number": ["36574261809"],
    "insurance-number": ["65180539W001", "15070649C103"],
    "azr-number": ["160412345678", "170230123456", "181106234567"],
    "passport": ["C01X00T478", "C01X0006H1"],
    "free-text": ["Frau-hat-gestern-einen-Termin-abgesagt", "er_sucht_eine_neue_Stelle_als_Koch"],
}


def hashed(algorithm: str, text: str) -> str:
    """The plain hash of a text, as an office might make pseudonyms."""
    return hashlib.new(algorithm, text.encode()).hexdigest()


def drawing(columns: dict[str, list[str]]) -> str:
    """Columns drawn as a text table; a shorter one is empty below."""
    rows = max(map(len, columns.values()))
    lines = [" | ".join(columns)]
    for row in range(rows):
        lines.append(" | ".join(values[row] if row < len(values) else "" for values in columns.values()))
    return "\n".join(lines)


def planted(office, table, columns):
    """A delivery with these columns in one table, in German and in nothing else."""
    if table != "lieferung":
        return office.draws(**{"faelle": "fall_id\nF-0001", table: drawing(columns)})
    folder = office.draws(faelle="fall_id\nF-0001")
    head, row = (folder / "lieferung.csv").read_text(encoding="utf-8").splitlines()
    cells = dict(zip(head.split(";"), row.split(";"), strict=True))
    cells |= {column: values[0] for column, values in columns.items()}
    lines = [";".join(cells), ";".join(f'"{cell}"' for cell in cells.values())]
    (folder / "lieferung.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder
