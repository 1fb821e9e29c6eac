"""`/presse/paket.zip?area_code=08425`: pictures, tables, sentences and news of a place in one file."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.figures.described import Described
from pages.files import addresses as formed
from pages.files import formats
from pages.files.kept import Kept
from pages.press import parcel
from pages.server import addresses, answers
from pages.server.answers import Making
from pages.server.ready import Download
from pages.text.words import Words

KEPT_BYTES = 16 * 2**20  # some eight parcels
# The pictures of parcels that are not finished: who comes again after 503 finds what was drawn.
_PICTURES: Kept[bytes] = Kept(KEPT_BYTES, answers.AT_ONCE, answers.WAIT_SECONDS)


async def press(request: Request) -> Response:
    """The parcel of a place. Its pictures are drawn once, and the whole of it is kept."""
    return await answers.answered(request, _of_press, drawing=True)


def _of_press(query: bytes) -> tuple[addresses.Asked, Making]:
    asked = addresses.place(query)
    of = asked.wanted

    def make() -> Download:
        at = formed.of_press(of.chosen, of.words.lang)
        return Download(f"{parcel.name(of)}.zip", formats.ZIP, parcel.made(of, draw), at)

    def draw(each: Described, ending: str, form: str, words: Words) -> bytes:
        # By its place in the parcel: what that shows follows from the same choices.
        key = (each.key, ending, form, of, of.edition)
        return _PICTURES.made(key, lambda: parcel.drawn(each, ending, form, words))

    key = (formed.PARCEL, of, of.edition, parcel.contact(of.words))
    return asked, lambda: answers.kept(key, make)


ROUTES = [Route(formed.PARCEL, press), Route(f"{formed.PRESS}{{rest:path}}", answers.unknown)]
