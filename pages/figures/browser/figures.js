// What a page says of its figures becomes charts and tables. Streamlit puts the HTML of a figure on the page as it
// comes (`pages/figures/show.py`); here its chart is drawn, and its table fetched once somebody opens it.

const PLOT = ".chart[data-chart]"
const plotly = document.currentScript.dataset.plotly
const drawn = new Set() // The boxes of charts that were drawn, as long as they stand on the page.
const waitingBoxes = new Set() // Those that will be, soon.
const unfolded = new Set() // What readers opened stays open when the page is drawn anew with other choices.

let library = null
const fetched = () =>
    (library ??= new Promise((done, failed) => {
        if (window.Plotly) return done()
        const script = document.createElement("script")
        script.src = plotly
        script.onload = done
        script.onerror = failed
        document.head.append(script)
    }))

// Plotly draws a chart twice: to see how much room its labels take, and with that room. A figure that was drawn
// before begins with the room it took then; where that is too small Plotly draws it twice as always, and where it is
// too large it is drawn again here.
const SIDES = { l: (at) => at <= 0, r: (at) => at >= 1, t: (at) => at >= 1, b: (at) => at <= 0 }
const TOO_MUCH = 12 // pixels
const PAD = 12 // that Plotly leaves beside labels, or less where the margins that a chart begins with are smaller
const margins = new Map()
const keepMargins = async (plot, figure, own) => {
    const { _size: size, _pushmargin: pushed } = plot._fullLayout
    const needed = {}
    for (const [side, isThere] of Object.entries(SIDES)) {
        needed[side] = own[side]
        const high = side === "t" || side === "b" ? size.h : size.w
        for (const [name, sides] of Object.entries(pushed)) {
            const { val: at, size: room } = sides[side] ?? {}
            if (name === "base" || !isThere(at)) continue
            needed[side] = Math.max(needed[side], room + Math.max(at - 1, -at, 0) * high)
        }
    }
    if (Object.keys(SIDES).some((side) => size[side] - needed[side] > TOO_MUCH)) {
        await Plotly.relayout(plot, { margin: own })
        if (!plot.isConnected) return // another choice came meanwhile
    }
    const found = plot._fullLayout._size
    const more = PAD - Math.min(PAD, ...Object.keys(SIDES).map((side) => plot.layout.margin[side]))
    const room = (side) => found[side] + (found[side] > own[side] ? more : 0)
    margins.set(figure, Object.fromEntries(Object.keys(SIDES).map((side) => [side, room(side)])))
}

// The legend stands above the names of events, by so many heights of the plot: of a lower one by more of them.
const ROW = 17 // pixels
const legendOf = ({ legend, meta, height: whole }, height) => {
    const rows = meta?.rows
    if (!rows || !(legend?.y > 1) || height >= whole) return legend
    const plot = rows / (legend.y - 1) - (whole - height)
    return { ...legend, y: 1 + rows / Math.max(plot, ROW) }
}

const drawChart = (box) => {
    if (drawn.has(box) || !box.isConnected) return
    drawn.add(box)
    const { data, layout, config } = JSON.parse(box.dataset.chart)
    const plot = document.createElement("div")
    box.prepend(plot)
    const width = box.clientWidth || box.parentElement.clientWidth // itself it has none where a phone hides it
    const height = Math.min(layout.height, box.clientHeight || layout.height) // lower on a phone
    const figure = `${box.closest("[class*='st-key-figure_']")?.className} ${width} ${height}`
    const margin = margins.get(figure) ?? layout.margin
    Plotly.newPlot(plot, data, { ...layout, width, height, margin, legend: legendOf(layout, height) }, config)
    keepMargins(plot, figure, layout.margin)
    widths.observe(box)
    offerHearing(box)
}

// A chart is as wide as its box, on paper too.
const widths = new ResizeObserver((entries) => {
    for (const { target } of entries) {
        const plot = target.querySelector(".js-plotly-plot")
        const width = target.clientWidth / (plot?.style.zoom || 1)
        if (plot && width && Math.abs(plot._fullLayout.width - width) > 1) Plotly.relayout(plot, { width })
    }
})

const left = () => {
    for (const box of waitingBoxes) if (!box.isConnected) waitingBoxes.delete(box)
    for (const box of drawn) {
        if (box.isConnected) continue
        drawn.delete(box)
        widths.unobserve(box)
        const plot = box.querySelector(".js-plotly-plot")
        if (plot) Plotly.purge(plot)
    }
}

const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50))

// The first at once, before the page is painted; the others one after the other, when nothing else is to be done
// and what came before is to be seen.
const drawNext = () => {
    const [box] = waitingBoxes
    waitingBoxes.delete(box)
    if (box) drawChart(box)
    if (waitingBoxes.size) drawSoon()
}
const drawSoon = () => requestAnimationFrame(() => idle(drawNext, { timeout: 500 }))
const drawAll = () => {
    const boxes = [...document.querySelectorAll(PLOT)].filter((box) => !drawn.has(box) && !waitingBoxes.has(box))
    if (!boxes.length) return
    if (!window.Plotly) return fetched().then(drawAll)
    if (!waitingBoxes.size && boxes.length > 1) drawSoon()
    boxes.slice(1).forEach((box) => waitingBoxes.add(box))
    drawChart(boxes[0])
}

// The rows of a figure: in the page itself where they have no address, else from there.
const fillTable = async (folder) => {
    const place = folder.querySelector(".rows")
    if (!place || place.dataset.filled) return
    place.dataset.filled = "1"
    try {
        let bytes
        if (place.dataset.sheet) bytes = new TextEncoder().encode(place.dataset.sheet)
        else {
            const answer = await fetch(place.dataset.from)
            if (!answer.ok) throw new Error(answer.statusText)
            bytes = new Uint8Array(await answer.arrayBuffer())
        }
        const listing = document.createElement("div")
        listing.className = "listing"
        listing.dataset.key = folder.dataset.unfolds
        place.replaceChildren(listing)
        drawTable({ data: bytes, parentElement: place })
    } catch {
        delete place.dataset.filled
        place.textContent = place.dataset.failed
    }
}

document.addEventListener(
    "toggle",
    ({ target }) => {
        const name = target.dataset?.unfolds
        if (!name) return
        if (target.open) unfolded.add(name)
        // What is closed because it was taken off the page is not closed by a reader.
        else if (target.isConnected) unfolded.delete(name)
        if (target.open) fillTable(target)
    },
    true,
)

const unfoldAgain = () => {
    for (const folder of document.querySelectorAll("details[data-unfolds]:not([open])")) {
        if (unfolded.has(folder.dataset.unfolds)) folder.open = true
    }
}
