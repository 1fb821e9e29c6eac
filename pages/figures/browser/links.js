// What stands round the figures: links that lead to another page or another choice without loading the program anew,
// what opens over the page, and the language that the page is in.

// As the back button does it: the browser has another address, and Streamlit draws what stands there.
const turn = (address) => {
    history.pushState({}, "", address)
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
}

// What a link says of the address it says when it is used: `data-set` changes one choice of this page (none: takes it
// out), and another page is opened with the choices that all pages share.
const SHARED = ["lang", "area_code", "grouping", "period", "compare", "release", "part"]
const pointed = (link) => {
    const here = new URL(location.href)
    const [name, code] = (link.dataset.set ?? "").split("=")
    if (name) {
        if (code) here.searchParams.set(name, code)
        else here.searchParams.delete(name)
        here.hash = ""
        return here.href
    }
    link.dataset.to ??= link.getAttribute("href")
    const to = new URL(link.dataset.to, document.baseURI)
    for (const each of SHARED) {
        const kept = here.searchParams.get(each)
        if (kept && !to.searchParams.has(each)) to.searchParams.set(each, kept)
    }
    return to.href
}
const TURNS = "a[data-turn]"
const aim = ({ target }) => {
    const link = target.closest?.(TURNS)
    if (link) link.href = pointed(link)
}
for (const before of ["pointerdown", "focusin", "contextmenu"]) document.addEventListener(before, aim, true)
document.addEventListener("click", (event) => {
    const changed = event.defaultPrevented || event.button
    if (changed || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = event.target.closest?.(TURNS)
    if (!link) return
    event.preventDefault()
    turn(pointed(link))
})

// Among the parts of a page the arrow keys move, as among all tabs; the one that is open has the focus afterwards.
let onTabs = false
const TABS = '.parts [role="tab"]'
document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(TABS)) return
    const tabs = [...document.querySelectorAll(TABS)]
    const at = tabs.indexOf(event.target)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onTabs = true
    const next = tabs.at(to % tabs.length)
    next.focus()
    turn(pointed(next))
})
document.addEventListener("pointerdown", () => (onTabs = false), true)
document.addEventListener("focusin", (event) => {
    if (!event.target.matches?.(TABS)) onTabs = false
})
const keepTab = () => {
    const lost = [document.body, null].includes(document.activeElement)
    if (onTabs && lost) document.querySelector(`${TABS}[aria-selected="true"]`)?.focus()
}

// One of them is open at a time; a click beside it or Escape closes it.
const OVER = "details.over[open]"
const closeOthers = (but) => {
    for (const each of document.querySelectorAll(OVER)) if (each !== but) each.open = false
}
document.addEventListener("click", (event) => closeOthers(event.target.closest?.("details.over")))
document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector(OVER)
    if (!open) return
    const inside = open.contains(document.activeElement)
    open.open = false
    if (inside) open.querySelector("summary").focus()
})
// It stays in the window: what would stand out on the right is moved to the left.
document.addEventListener(
    "toggle",
    ({ target }) => {
        if (!target.open || !target.matches?.("details.over")) return
        const body = target.querySelector(".over-body")
        body.style.translate = ""
        const { left, right } = body.getBoundingClientRect()
        const out = Math.max(0, right - document.documentElement.clientWidth + 8)
        if (out) body.style.translate = `${-Math.min(out, left - 8)}px 0`
    },
    true,
)

// A page that a cite code opened begins at its figure, below what became of it since. While what stands above still
// grows it is held there; whoever moves goes where they want.
const CITED = "a[data-cited]"
let led = ""
let leads = 0
for (const each of ["wheel", "touchstart", "pointerdown", "keydown"])
    document.addEventListener(each, () => (leads = 0), { capture: true, passive: true })
const ofCode = (link) => {
    const name = `st-key-figure_${link.dataset.cited}`
    // Of a larger area, where that stands in: its name goes on.
    return document.querySelector(`.${name}`) ?? document.querySelector(`[class*="${name}"]`)
}
const lead = (link) => {
    const figure = ofCode(link)
    if (!figure) return false
    const { bottom, top } = link.closest(".st-key-cited").getBoundingClientRect()
    const head = document.querySelector('[data-testid="stHeader"]')?.getBoundingClientRect().height ?? 0
    figure.style.scrollMarginTop = `${Math.round(bottom - top + head + 8)}px`
    figure.scrollIntoView({ block: "start" })
    return true
}
document.addEventListener("click", (event) => {
    const link = event.target.closest?.(CITED)
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && lead(link)) event.preventDefault()
})
const toCited = () => {
    const link = document.querySelector(CITED)
    if (!link) return
    if (link.dataset.code !== led) {
        led = link.dataset.code
        leads = Date.now() + 8000
    }
    if (Date.now() < leads) lead(link)
}

// Streamlit names its own parts for screen readers, in English.
let naming = ""
let named = {}
let called = "" // A selector of them all.
const nameParts = () => {
    const words = document.querySelector("[data-told]")?.dataset.told ?? naming
    if (words !== naming) {
        naming = words
        named = JSON.parse(words).named
        called = Object.keys(named).map((each) => `[aria-label="${each}"]`).concat("[data-called]").join()
    }
    if (!called) return
    for (const part of document.querySelectorAll(called)) {
        const now = part.getAttribute("aria-label")
        if (now in named) part.dataset.called = now // anew where it opens now what it closed before
        const name = named[part.dataset.called]
        if (name && now !== name) part.setAttribute("aria-label", name)
    }
}

const declare = () => {
    nameParts()
    const lang = document.querySelector("[data-lang]")?.dataset.lang
    // Streamlit serves <html lang="en">; a screen reader would read German with English sounds.
    if (lang && document.documentElement.lang !== lang) document.documentElement.lang = lang
    // It has a name and takes the focus, and Streamlit says that it is nothing.
    for (const box of document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]'))
        box.setAttribute("role", "group")
}

const changed = () => {
    declare()
    left()
    keepTab()
    tablesMoved()
    unfoldAgain()
    drawAll()
    toCited()
}
let pending = false
new MutationObserver(() => {
    if (pending) return
    pending = true
    queueMicrotask(() => {
        pending = false
        changed()
    })
}).observe(document.documentElement, { childList: true, subtree: true })
changed()
// While the server is asked for the page there is time to take the library in.
idle(fetched, { timeout: 1500 })
