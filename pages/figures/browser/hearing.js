// Charts for the ear. A button in each chart, seen when it has the focus, lets a reader walk along its values by the
// keys of chart2music, which is fetched only then. What is said is what a hover says: values as they are shown, bands
// and what is withheld in words. Nothing sounds until the reader asks for it.

const FOREIGN = "oim" // Dialogs of the library, which are not in the reader's words.
const SERIES = { arrowdown: "PageDown", arrowup: "PageUp" } // With the library's keys for it.

let told = {} // The words, as the page sent them last.
const music = document.currentScript.dataset.chart2music
let heard = null // What is listened to: { box, chart, last }.
let loud = false
let sound = null

const region = () => {
    let found = document.querySelector(".hearing-said")
    if (!found) {
        found = document.createElement("div")
        found.className = "hearing-said"
        found.setAttribute("role", "status")
        document.body.append(found)
    }
    return found
}

const say = (...texts) => {
    region().textContent = texts.filter(Boolean).join(" ")
}

const plain = (html) => new DOMParser().parseFromString(html.replaceAll("<br>", " "), "text/html").body.textContent

// A hover is "<b>Ulm</b><br>2025: 12": of whom, and what.
const parts = (hover) => {
    const [, who, what] = hover.match(/^(?:<b>([^]*?)<\/b>)?(?:<br>)?([^]*)$/)
    return [plain(who ?? ""), plain(what)]
}

// The number behind a tone; none where only words are shown. A missing bar has the height 0, and no tone.
const height = (trace, at, text) => {
    const value = trace.orientation === "h" ? trace.x[at] : trace.y[at]
    const silent = value == null || trace.base?.[at] || told.silent.some((word) => text.endsWith(word))
    return silent ? NaN : Number(value)
}

const series = (plot) => {
    const found = {}
    for (const trace of plot.data ?? []) {
        const drawn = trace.type === "bar" || (trace.type ?? "scatter") === "scatter"
        if (!drawn || !trace.name || !Array.isArray(trace.hovertext) || trace.yaxis === "y2") continue
        const name = plain(trace.name)
        const points = trace.hovertext.map((hover, at) => {
            const [who, what] = parts(hover)
            return { x: at, y: height(trace, at, what), custom: { who, what } }
        })
        if (points.length) found[name in found ? `${name} ${Object.keys(found).length}` : name] = points
    }
    return found
}

const tone = {
    masterGain: 1,
    playDataPoint(hertz, side, seconds) {
        if (!loud) return
        sound ??= new AudioContext()
        const [voice, gain, place] = [sound.createOscillator(), sound.createGain(), sound.createStereoPanner()]
        const now = sound.currentTime
        voice.frequency.value = hertz
        place.pan.value = Number.isFinite(side) ? Math.max(-1, Math.min(1, side)) : 0
        gain.gain.setValueAtTime(0.25, now)
        gain.gain.exponentialRampToValueAtTime(0.001, now + seconds)
        voice.connect(gain).connect(place).connect(sound.destination)
        voice.start(now)
        voice.stop(now + seconds)
    },
}

const reached = ({ point }) => {
    if (!heard || !point?.custom) return
    const { who, what } = point.custom
    say(heard.first, who && (who !== heard.last || !what) ? `${who}${what ? "." : ""}` : "", what)
    Object.assign(heard, { first: "", last: who })
}

const leave = () => {
    if (!heard) return
    const { box, chart } = heard
    heard = null
    chart.cleanUp()
    box.setAttribute("role", "figure")
    box.removeAttribute("tabindex")
    region().textContent = ""
}

const start = async (box) => {
    leave()
    const data = series(box.querySelector(".js-plotly-plot") ?? {})
    const numbers = Object.values(data).flat().map((point) => point.y).filter(Number.isFinite)
    if (!Object.keys(data).length) return say(told.none)
    const { c2mChart } = await import(new URL(music, document.baseURI))
    const most = Math.max(...Object.values(data).map((points) => points.length))
    const said = document.createElement("div") // What the library itself would say has no place.
    const { err, data: chart } = c2mChart({
        type: Object.keys(data).map(() => "line"),
        element: box,
        cc: said,
        lang: told.lang === "de" ? "de" : "en",
        data,
        audioEngine: tone,
        axes: {
            x: { minimum: 0, maximum: Math.max(1, most - 1) },
            y: { minimum: Math.min(0, ...numbers), maximum: Math.max(1e-9, ...numbers) },
        },
        options: { enableSpeech: false, onFocusCallback: reached },
    })
    if (err) return say(told.none)
    heard = { box, chart, first: told.how, last: null }
    box.setAttribute("role", "application")
    box.setAttribute("tabindex", "-1")
    box.focus()
}

const pressed = (event) => {
    if (!heard || event.target !== heard.box || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === "escape") {
        const button = heard.box.querySelector(".hearing-start")
        leave()
        button?.focus()
    } else if (key === "t") {
        loud = !loud
        say(loud ? told.loud : told.silence)
    } else if (key === "h") say(told.how)
    else if (key in SERIES) heard.box.dispatchEvent(new KeyboardEvent("keydown", { key: SERIES[key] }))
    else if (!FOREIGN.includes(key)) return
    event.preventDefault()
    event.stopPropagation()
}

// Each chart has its button, in the words of the page that it came with.
const offerHearing = (box) => {
    const head = document.querySelector("[data-told]")
    if (!head) return // of a page that is being left
    told = JSON.parse(head.dataset.told)
    const button = document.createElement("button")
    button.type = "button"
    button.className = "hearing-start"
    button.textContent = told.listen
    button.addEventListener("click", () => start(box))
    box.append(button)
}

document.addEventListener("keydown", pressed, true)
document.addEventListener("focusout", (event) => {
    if (heard && event.target === heard.box) leave()
})
