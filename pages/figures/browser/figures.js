// What a page says of its figures becomes charts and tables. Streamlit puts the HTML of a figure on the page as it
// comes (`pages/figures/show.py`); here its chart is drawn, and its table fetched once somebody opens it.

const PLOT = ".chart[data-chart]"
const plotly = document.currentScript.dataset.plotly
const drawn = new Map() // The boxes of charts that were drawn, as long as they stand on the page: how each begins.
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
const TOO_LITTLE = 2
const PAD = 12 // that Plotly leaves beside labels, or less where the margins that a chart begins with are smaller
const rooms = new Map() // The margins that a figure took, and where its legend stood.
const padding = (margin) => Math.min(PAD, ...Object.keys(SIDES).map((side) => margin[side]))

// The legend stands above the names of events, by so many heights of the plot: of a lower one by more of them. How
// high that is shows once the legend is drawn, in as many lines as the width leaves it.
const ROW = 17 // pixels
const legendOf = ({ legend, meta, height: whole }, height) => {
    const rows = meta?.rows
    if (!rows || !(legend?.y > 1) || height >= whole) return { ...legend }
    const plot = rows / (legend.y - 1) - (whole - height)
    return { ...legend, y: 1 + rows / Math.max(plot, ROW) }
}
const legendAt = ({ _fullLayout: { legend, height, _size: size }, layout: { margin, meta } }) => {
    if (!meta?.rows || !legend) return legend?.y
    const plot = height - size.b - legend._effHeight - padding(margin) - meta.rows
    return 1 + meta.rows / Math.max(plot, ROW)
}

const sizeOf = (box) => {
    const { height } = drawn.get(box)
    return {
        width: box.clientWidth || box.parentElement.clientWidth, // itself it has none where a phone hides it
        height: Math.min(height, box.clientHeight || height), // lower on a phone
    }
}
const nameOf = (box, { width, height }) => `${box.closest("[class*='st-key-figure_']")?.className} ${width} ${height}`

// Once a chart is drawn: its labels have the room that they need, and no more. `again` draws it in any case.
const fit = (box, plot, again = false) => {
    const own = drawn.get(box).margin
    const { _size: size, _pushmargin: pushed, legend, width, height } = plot._fullLayout
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
    const y = legendAt(plot)
    const above = (legend?.y - y) * size.h
    const isElsewhere = above > TOO_MUCH || above < -TOO_LITTLE
    const isLarge = Object.keys(SIDES).some((side) => size[side] - needed[side] > TOO_MUCH)
    if (again || isLarge || isElsewhere) {
        Plotly.relayout(plot, { margin: { ...own }, ...(isElsewhere ? { "legend.y": y } : {}) })
    }
    const found = plot._fullLayout._size
    const more = PAD - padding(plot.layout.margin)
    const margin = Object.fromEntries(
        Object.keys(SIDES).map((side) => [side, found[side] + (found[side] > own[side] ? more : 0)]),
    )
    const lower = found.h / (height - margin.t - margin.b)
    const at = plot.layout.meta?.rows && legend ? 1 + (plot.layout.legend.y - 1) * lower : plot.layout.legend?.y
    rooms.set(nameOf(box, { width, height }), { margin, y: at })
}

const drawChart = (box) => {
    if (drawn.has(box) || !box.isConnected) return
    const { data, layout, config } = JSON.parse(box.dataset.chart)
    drawn.set(box, layout)
    const plot = document.createElement("div")
    box.prepend(plot)
    const size = sizeOf(box)
    const known = rooms.get(nameOf(box, size))
    const legend = legendOf(layout, size.height)
    legend.y = known?.y ?? legend.y
    // Of another place, maybe without names at the ends of its lines; Plotly finds no room for those by itself.
    const room = ([side, own]) => [side, Math.max(own, known?.margin[side] ?? 0)]
    const margin = Object.fromEntries(Object.entries(layout.margin).map(room))
    Plotly.newPlot(plot, data, { ...layout, ...size, margin, legend }, config)
    fit(box, plot)
    sizes.observe(box)
    offerHearing(box)
}

// Where a legend needs another number of lines, Plotly leaves it where it stood: it is drawn once more.
const resize = (box, plot, size) => {
    Plotly.relayout(plot, { ...size, margin: { ...drawn.get(box).margin } })
    fit(box, plot, true)
}

// A chart is as large as its box: in a window made narrow, on a phone that is turned, and as wide on paper.
const sizes = new ResizeObserver((entries) => {
    for (const { target: box } of entries) {
        const plot = box.querySelector(".js-plotly-plot")
        if (!plot || !drawn.has(box) || !box.clientWidth) continue
        const { width: wide, height: high } = plot._fullLayout
        const { zoom } = plot.style
        const size = zoom ? { width: box.clientWidth / zoom, height: high } : sizeOf(box)
        if (Math.abs(wide - size.width) > 1 || Math.abs(high - size.height) > 1) resize(box, plot, size)
    }
})

const left = () => {
    for (const box of waitingBoxes) if (!box.isConnected) waitingBoxes.delete(box)
    for (const box of drawn.keys()) {
        if (box.isConnected) continue
        drawn.delete(box)
        sizes.unobserve(box)
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
