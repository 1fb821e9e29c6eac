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

const drawChart = (box) => {
    if (drawn.has(box) || !box.isConnected) return
    drawn.add(box)
    const { data, layout, config } = JSON.parse(box.dataset.chart)
    const plot = document.createElement("div")
    box.prepend(plot)
    Plotly.newPlot(plot, data, { ...layout, width: box.clientWidth }, config)
    widths.observe(box)
    offerHearing(box)
}

// A chart is as wide as its box, on paper too.
const widths = new ResizeObserver((entries) => {
    for (const { target } of entries) {
        const plot = target.querySelector(".js-plotly-plot")
        const width = target.clientWidth
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

// The first at once, before the page is painted; the others one after the other, when nothing else is to be done.
const drawNext = () => {
    const [box] = waitingBoxes
    waitingBoxes.delete(box)
    if (box) drawChart(box)
    if (waitingBoxes.size) idle(drawNext, { timeout: 500 })
}
const drawAll = () => {
    const boxes = [...document.querySelectorAll(PLOT)].filter((box) => !drawn.has(box) && !waitingBoxes.has(box))
    if (!boxes.length) return
    if (!window.Plotly) return fetched().then(drawAll)
    if (!waitingBoxes.size && boxes.length > 1) idle(drawNext, { timeout: 500 })
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
