"""The catalogue of open data (DCAT-AP.de 2.0): a dataset for each subject of each release, with its files.

https://www.dcat-ap.de/def/dcatde/2.0/spec/. Who publishes and whom to ask stands in the settings.
"""

import json
from functools import partial
from typing import Any
from urllib.parse import urlencode

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from data import publish
from data.access.rights import PUBLIC
from data.foundation import areas, settings
from data.questions import figures
from data.releases.notices import Notice
from pages.machines.search import FORMATS
from pages.text import words as languages
from pages.text.words import Words

SUBJECTS = ("funds", "caseload", "counselling", "goals")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LICENCE = URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
EU = "http://publications.europa.eu/resource/authority"
LAND = URIRef(f"http://dcat-ap.de/def/politicalGeocoding/stateKey/{areas.LAND}")


def written(ending: str, root: str) -> bytes:
    """All of it in one of `FORMATS`; `root` is the address of this server."""
    graph = graph_of(root)
    kind, _ = FORMATS[ending]
    text = graph.serialize(format=kind)
    if ending == "jsonld":  # in an order of its own
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode()


def graph_of(root: str) -> Graph:
    """The catalogue as triples; every node has an address, so that it is written the same each time."""
    graph, spoken = Graph(), [languages.of(lang) for lang in ("de", "en")]
    for prefix, space in (
        ("dcat", DCAT),
        ("dct", DCTERMS),
        ("dcatde", DCATDE),
        ("vcard", VCARD),
        ("foaf", FOAF),
    ):
        graph.bind(prefix, space)
    whole = URIRef(f"{root}/daten/katalog")
    graph.add((whole, RDF.type, DCAT.Catalog))
    for w in spoken:
        graph.add((whole, DCTERMS.title, Literal(w.heading, w.lang)))
        graph.add((whole, DCTERMS.description, Literal(w.t("machines.catalogue.text"), w.lang)))
    graph.add((whole, FOAF.homepage, URIRef(f"{root}/")))
    graph.add((whole, DCTERMS.license, LICENCE))
    agent = _agent(graph, root)
    graph.add((whole, DCTERMS.publisher, agent))
    for notice in publish.releases():
        graph.add((whole, DCTERMS.modified, Literal(notice.since.date())))
        for subject in SUBJECTS:
            graph.add((whole, DCAT.dataset, _dataset(graph, root, subject, notice, spoken)))
    return graph


def _agent(graph: Graph, root: str) -> URIRef:
    agent = URIRef(f"{root}/daten/katalog#herausgeber")
    graph.add((agent, RDF.type, FOAF.Agent))
    name = settings.offered().publisher or languages.of("de").heading
    graph.add((agent, FOAF.name, Literal(name)))
    return agent


def _contact(graph: Graph, root: str) -> URIRef | None:
    given = settings.offered()
    if not given.contact and not given.mail:
        return None
    contact = URIRef(f"{root}/daten/katalog#kontakt")
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(given.contact or given.publisher or given.mail)))
    if given.mail:
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{given.mail}")))
    return contact


def _dataset(graph: Graph, root: str, subject: str, notice: Notice, spoken: list[Words]) -> URIRef:
    made, edition = _at(root, subject, notice), publish.edition(PUBLIC, notice.name)
    add = partial(_add, graph, made)
    add(RDF.type, DCAT.Dataset)
    for w in spoken:
        title = w.t(
            "machines.catalogue.dataset",
            heading=w.heading,
            subject=w.t(f"frame.menu.{subject}"),
            version=notice.name,
        )
        add(DCTERMS.title, Literal(title, w.lang))
        said = [
            w.t(f"machines.catalogue.{subject}"),
            w.t("files.deviates"),
            w.t("machines.catalogue.withheld"),
        ]
        said = [w.t("files.synthetic"), *said] if edition.synthetic else said
        add(DCTERMS.description, Literal(" ".join(said), w.lang))
        add(DCAT.keyword, Literal(w.t(f"frame.menu.{subject}"), w.lang))
    add(DCTERMS.identifier, Literal(f"integrationsmanagement-{subject}-{notice.name}"))
    add(DCTERMS.issued, Literal(notice.since.date()))
    add(DCTERMS.modified, Literal(notice.since.date()))
    add(DCTERMS.publisher, URIRef(f"{root}/daten/katalog#herausgeber"))
    add(DCAT.theme, URIRef(f"{EU}/data-theme/SOCI"))
    add(DCTERMS.accrualPeriodicity, URIRef(f"{EU}/frequency/QUARTERLY"))
    add(DCATDE.politicalGeocodingURI, LAND)
    add(DCATDE.politicalGeocodingLevelURI, URIRef("http://dcat-ap.de/def/politicalGeocoding/Level/state"))
    add(DCAT.landingPage, URIRef(f"{root}/?{urlencode({'release': notice.name})}"))
    if contact := _contact(graph, root):
        add(DCAT.contactPoint, contact)
    if contributor := settings.offered().contributor:
        add(DCATDE.contributorID, URIRef(contributor))
    for name, ending, address in _files(subject, notice):
        add(DCAT.distribution, _distribution(graph, root, name, ending, address))
    return made


def _files(subject: str, notice: Notice) -> list[tuple[str, str, str]]:
    """Name, ending and address of each file: figures of the subject for the Land, the whole release."""
    asked = urlencode({"area_code": areas.LAND, "release": notice.name})
    own = [name for name in figures.register() if name.startswith(f"{subject}_")]
    found = [(name, "csv", f"/daten/{name}.csv?{asked}") for name in own]
    return [*found, ("", "zip", f"/daten/alles/{notice.name}.zip")]


def _distribution(graph: Graph, root: str, name: str, ending: str, address: str) -> URIRef:
    made = URIRef(f"{root}{address}")
    add = partial(_add, graph, made)
    add(RDF.type, DCAT.Distribution)
    for lang in ("de", "en"):
        w = languages.of(lang)
        title = w.pick(figures.named(name).title) if name else w.t("machines.catalogue.whole")
        add(DCTERMS.title, Literal(title, lang))
    add(DCAT.accessURL, made)
    add(DCAT.downloadURL, made)
    add(DCTERMS.license, LICENCE)
    add(DCTERMS["format"], URIRef(f"{EU}/file-type/{ending.upper()}"))
    kind = {"csv": "text/csv", "zip": "application/zip"}[ending]
    add(DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{kind}"))
    by = settings.offered().publisher or languages.of("de").heading
    add(DCATDE.licenseAttributionByText, Literal(by))
    return made


def _add(graph: Graph, subject: URIRef, predicate: Any, value: Any) -> None:
    graph.add((subject, predicate, value))


def _at(root: str, subject: str, notice: Notice) -> URIRef:
    return URIRef(f"{root}/daten/katalog#{subject}-{notice.name}")
