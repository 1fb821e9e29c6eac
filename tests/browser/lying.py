"""What lies upon something else on a page, and what of it is cut: by the boxes of its texts."""

from tests.browser.conftest import Reader

PATIENCE = 6  # times
# Texts that can be seen, as far as what they lie in shows them; two of one wording are one sign, drawn twice.
JS = """() => {
    const RIM = 2
    const main = document.querySelector("[data-testid=stMain]")
    const seen = (element) => element.checkVisibility(
        { contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true })
    const shown = (rect, element) => {
        let { left, right, top, bottom } = rect
        for (let at = element; at && at !== main; at = at.parentElement) {
            const style = getComputedStyle(at)
            if (style.clipPath !== "none" && at instanceof HTMLElement) return null
            if (at instanceof SVGElement && !(at instanceof SVGSVGElement)) continue
            if (style.overflowX === "visible" && style.overflowY === "visible") continue
            const box = at.getBoundingClientRect()
            left = Math.max(left, box.left)
            right = Math.min(right, box.right)
            top = Math.max(top, box.top)
            bottom = Math.min(bottom, box.bottom)
        }
        return right - left > RIM && bottom - top > RIM ? { left, right, top, bottom } : null
    }
    const texts = []
    const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const text = node.data.trim()
        if (!text || /^(style|script|title|desc)$/i.test(node.parentElement.tagName)) continue
        if (!seen(node.parentElement)) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        for (const rect of range.getClientRects()) {
            const box = shown(rect, node.parentElement)
            if (box) texts.push({ ...box, text, node })
        }
    }
    texts.sort((one, other) => one.top - other.top)
    const found = []
    texts.forEach((one, at) => {
        for (const other of texts.slice(at + 1)) {
            if (other.top >= one.bottom - RIM) break
            if (one.node === other.node || one.text === other.text) continue
            const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
            const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
            const lower = Math.min(one.bottom - one.top, other.bottom - other.top)
            const enough = across > RIM && down > Math.max(RIM, lower / 4)
            if (enough) found.push(`${other.text} lies upon ${one.text}`)
        }
    })
    for (const each of main.querySelectorAll("*")) {
        if (each instanceof SVGElement || !each.innerText?.trim() || !seen(each)) continue
        const style = getComputedStyle(each)
        const isCut = style.overflowX === "hidden" && style.clipPath === "none" && each.clientWidth > 4
        if (isCut && each.scrollWidth > each.clientWidth + RIM) found.push(`${each.innerText} is cut`)
    }
    for (const text of main.querySelectorAll(".main-svg text")) {
        const [box, all] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()]
        const [left, right] = [all.left - box.left, box.right - all.right]
        const out = Math.max(left, right, all.top - box.top, box.bottom - all.bottom)
        if (box.width && seen(text) && out > RIM) found.push(`${text.textContent} stands out of its chart`)
    }
    return found
}"""


def upon_another(reader: Reader) -> list[str]:
    """A sentence for each pair of texts of which one lies upon the other, and for each text that is cut."""
    for _ in range(PATIENCE):
        if not (found := reader.page.evaluate(JS)):
            break
        reader.page.wait_for_timeout(
            500
        )  # a chart that needs more room than its labels had is drawn once more
    return list(found)
