"""What search engines read of the newest release, and in which forms the catalogue is there."""

from collections.abc import Mapping

from data import publish
from data.foundation import areas, settings
from pages.files import description
from pages.text.words import Words

# Of the catalogue, by the ending of its address: what writes it, and what it is.
FORMATS: Mapping[str, tuple[str, str]] = {
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "jsonld": ("json-ld", "application/ld+json"),
    "xml": ("pretty-xml", "application/rdf+xml"),
}


def in_head(words: Words, root: str) -> dict[str, object]:
    """What search engines read of the newest release (https://schema.org/Dataset)."""
    newest = publish.releases()[-1]
    by = settings.offered().publisher or words.heading
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": words.t("machines.whole.title", heading=words.heading, version=newest.name),
        "description": words.t("machines.catalogue.text"),
        "license": description.LICENCE,
        "url": f"{root}/",
        "version": newest.name,
        "datePublished": newest.since.date().isoformat(),
        "creator": {"@type": "Organization", "name": by},
        "spatialCoverage": areas.register()[areas.LAND].name,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "contentUrl": f"{root}/daten/alles/{newest.name}.zip",
            }
        ],
    }
