// The map: draws the shapes in their classes, names the place under the pointer, chooses one by click or Enter, walks over
// neighbours by arrow keys, and makes a picture of what it shows. Which class an area has is said by Python.

const OUTLINE = "#7b8794", BORDER = "#1f2937", CHOSEN = "#a4133c", GROUND = "#ffffff", CIRCLE = "#3f74ab", TEXT = "#1f2937"
const LARGEST = 1100 // radius of the largest circle, in steps of the shapes: 12 km
const ROOM = 1.06 // around what is shown
const SMALLEST = 700 // no closer than 8 km

// Fetched once for each level, and kept by the browser for ever: the name holds a hash.
const files = new Map()
const fetched = (name) => {
    if (!files.has(name)) {
        const asked = fetch(new URL(name, document.baseURI)).then((answer) => {
            if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
            return answer.json()
        })
        asked.catch(() => files.delete(name))
        files.set(name, asked)
    }
    return files.get(name)
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

// In pixels; `scale` makes them as large on every map.
const pattern = ({ pattern, colour, over }, id, scale) => {
    const marks = {
        "/": `<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="${over}" stroke-width="1.3"/>`,
        "\\": `<path d="M-2 6L2 10M0 0L8 8M6-2L10 2" stroke="${over}" stroke-width="3.6"/>`,
        ".": `<circle cx="2" cy="2" r="1.2" fill="${over}"/><circle cx="6" cy="6" r="1.2" fill="${over}"/>`,
    }
    return (
        `<pattern id="${id}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale(${scale})">` +
        `<rect width="8" height="8" fill="${colour}"/>${marks[pattern]}</pattern>`
    )
}

const legendOf = (fills, id) =>
    fills
        .map((fill, at) => {
            if (!fill.name) return ""
            const size = fill.circle ? Math.max(6, 28 * Math.sqrt(fill.circle)) : 14
            const mark = fill.circle
                ? `<circle cx="${size / 2}" cy="${size / 2}" r="${size / 2 - 0.5}" fill="${CIRCLE}" fill-opacity="0.75"/>`
                : (fill.pattern ? `<defs>${pattern(fill, `${id}-l${at}`, 1)}</defs>` : "") +
                  `<rect x="0.5" y="0.5" width="13" height="13" stroke="${OUTLINE}" ` +
                  `fill="${fill.pattern ? `url(#${id}-l${at})` : fill.colour}"/>`
            return { size, mark, name: fill.name }
        })
        .filter(Boolean)

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

// The neighbour that lies most in this direction; without one, the nearest place that way.
const next = (shapes, at, [x, y]) => {
    const turned = (to) => {
        const [dx, dy] = [shapes.centres[to][0] - shapes.centres[at][0], shapes.centres[to][1] - shapes.centres[at][1]]
        const far = Math.hypot(dx, dy) || 1
        return { to, far, cos: (dx * x + dy * y) / far }
    }
    const beside = shapes.near[at].map(turned).filter(({ cos }) => cos > 0.5)
    if (beside.length) return beside.reduce((best, each) => (each.cos > best.cos ? each : best)).to
    const all = shapes.codes.map((_, to) => turned(to)).filter(({ to, cos }) => to !== at && cos > 0.75)
    return all.length ? all.reduce((best, each) => (each.far < best.far ? each : best)).to : at
}

const maps = new WeakMap()

const made = (root) => {
    const find = (name) => root.querySelector(`.areamap-${name}`)
    const [svg, hover, said, stage] = ["svg", "hover", "said", "stage"].map(find)
    const map = { shapes: null, data: null, view: null, whole: null, current: -1, key: "" }

    const box = (positions) => {
        const found = positions.map((at) => svg.querySelector(`[data-at="${at}"]`).getBBox())
        const left = Math.min(...found.map((each) => each.x)), top = Math.min(...found.map((each) => each.y))
        const right = Math.max(...found.map((each) => each.x + each.width))
        const bottom = Math.max(...found.map((each) => each.y + each.height))
        const wide = Math.max((right - left) * ROOM, SMALLEST), high = Math.max((bottom - top) * ROOM, SMALLEST)
        return { x: (left + right - wide) / 2, y: (top + bottom - high) / 2, w: wide, h: high }
    }
    const unit = () => Math.max(map.view.w / (svg.clientWidth || 600), map.view.h / (svg.clientHeight || 520))
    const look = (view) => {
        map.view = view
        svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((each) => each.toFixed(0)).join(" "))
        svg.querySelectorAll("pattern").forEach((each) => each.setAttribute("patternTransform", `scale(${unit()})`))
        svg.dataset.whole = String(view === map.whole)
    }
    const around = (kreis) => {
        const { members } = map.data
        const inside = members.length && !kreis ? members : map.shapes.kreise.flatMap((each, at) => (each === kreis ? [at] : []))
        look(inside.length && map.data.zooms ? box(inside) : map.whole)
    }
    const by = (factor) => {
        const { x, y, w, h } = map.view
        const [wide, high] = [Math.max(w * factor, SMALLEST), Math.max(h * factor, SMALLEST)]
        if (wide >= map.whole.w && high >= map.whole.h) return look(map.whole)
        look({ x: x + (w - wide) / 2, y: y + (h - high) / 2, w: wide, h: high })
    }
    const text = (at) => ({ name: map.shapes.names[at], value: map.values[at] })
    const point = (at, x, y) => {
        hover.hidden = at < 0
        if (at < 0) return
        const { name, value } = text(at)
        hover.innerHTML = name
            ? `<b>${escaped(name)}</b>${escaped(map.data.label)}: ${escaped(value)}`
            : escaped(value)
        const { width, height } = stage.getBoundingClientRect()
        hover.style.left = `${Math.max(0, Math.min(x + 14, width - hover.offsetWidth))}px`
        hover.style.top = `${y + 18 + hover.offsetHeight > height ? Math.max(0, y - hover.offsetHeight - 10) : y + 18}px`
    }
    const mark = (id, d) => svg.querySelectorAll(`[data-mark="${id}"]`).forEach((each) => each.setAttribute("d", d))
    const walk = (at) => {
        map.current = at
        mark("current", at < 0 ? "" : map.shapes.paths[at])
        if (at < 0) return point(-1)
        let [x, y] = map.shapes.centres[at]
        const { view } = map
        if (x < view.x || x > view.x + view.w || y < view.y || y > view.y + view.h) around(map.shapes.kreise[at])
        const matrix = svg.getScreenCTM(), corner = stage.getBoundingClientRect()
        point(at, x * matrix.a + matrix.e - corner.left, y * matrix.d + matrix.f - corner.top)
        const { name, value } = text(at)
        said.textContent = name ? `${name}: ${value}` : value
    }
    const pick = (at) => {
        if (!map.data.picks || at < 0) return
        mark("chosen", map.shapes.paths[at])
        around(map.shapes.kreise[at])
        map.told = map.shapes.picks[at]
        map.tell(map.told)
    }
    // On a phone there is room for the map or for its numbers: one of them is there, whole (`areamap.css`).
    const nameTurn = () => {
        find("turn").textContent = map.data.texts[root.dataset.shown ? "as_map" : "as_table"]
    }
    const start = () => {
        const own = map.shapes.codes.indexOf(map.data.chosen)
        if (own >= 0) return own
        const [x, y] = [map.view.x + map.view.w / 2, map.view.y + map.view.h / 2]
        const far = map.shapes.centres.map(([cx, cy]) => Math.hypot(cx - x, cy - y))
        return far.indexOf(Math.min(...far))
    }

    const drawShapes = () => {
        const { data, shapes } = map
        const fill = (at) => {
            const found = data.found[at]
            if (found === "-") return GROUND
            const of = data.fills[parseInt(found, 36)]
            return of.pattern ? `url(#${data.id}-${parseInt(found, 36)})` : of.colour
        }
        const sizes = data.circles ? data.circles.split(",").map(Number) : []
        const discs = sizes
            .map((size, at) => ({ size, at }))
            .filter(({ size }) => size > 0)
            .sort((a, b) => b.size - a.size) // smaller ones on top, so that none is hidden
            .map(({ size, at }) => {
                const [x, y] = shapes.centres[at]
                const radius = Math.max(60, LARGEST * Math.sqrt(size / 1000))
                return `<circle data-at="${at}" cx="${x}" cy="${y}" r="${radius.toFixed(0)}"/>`
            })
        svg.innerHTML =
            `<defs>${data.fills.map((each, at) => (each.pattern ? pattern(each, `${data.id}-${at}`, 20) : "")).join("")}</defs>` +
            `<g stroke="${OUTLINE}" stroke-width="0.5" fill-rule="evenodd">` +
            shapes.paths.map((d, at) => `<path data-at="${at}" d="${d}" fill="${fill(at)}"/>`).join("") +
            `</g><g fill="none" stroke-linejoin="round" pointer-events="none">` +
            `<path data-lines d="${shapes.borders}" stroke="${GROUND}" stroke-width="2.4" stroke-opacity="0.8"/>` +
            `<path data-lines d="${shapes.borders}" stroke="${BORDER}" stroke-width="1"/></g>` +
            `<g fill="${CIRCLE}" fill-opacity="0.75" stroke="${GROUND}" stroke-width="0.7">${discs.join("")}</g>` +
            `<g fill="none" stroke-linejoin="round" pointer-events="none">` +
            `<path data-mark="chosen" d="${data.around}" stroke="${GROUND}" stroke-width="5"/>` +
            `<path data-mark="chosen" d="${data.around}" stroke="${CHOSEN}" stroke-width="2.5"/>` +
            `<path data-mark="current" d="" stroke="${GROUND}" stroke-width="4"/>` +
            `<path data-mark="current" d="" stroke="${TEXT}" stroke-width="2" stroke-dasharray="5 3"/></g>`
    }

    map.show = (data, tell) => {
        map.tell = tell
        const key = JSON.stringify(data)
        if (key === map.key) return
        const before = map.data
        Object.assign(map, { key, data, values: data.values.split("\n") })
        root.setAttribute("aria-label", data.alt)
        svg.setAttribute("aria-label", `${data.label}. ${data.texts.keys}`)
        svg.classList.toggle("areamap-picks", data.picks)
        find("keys").textContent = data.texts.keys
        find("across").textContent = data.across
        find("source").textContent = data.source
        nameTurn()
        find("land").textContent = data.texts.land
        find("picture").textContent = data.texts.picture
        find("closer").setAttribute("aria-label", data.texts.closer)
        find("farther").setAttribute("aria-label", data.texts.farther)
        find("legend").innerHTML = legendOf(data.fills, data.id)
            .map(({ size, mark, name }) => `<li><svg width="${size}" height="${size}" aria-hidden="true">${mark}</svg>${escaped(name)}</li>`)
            .join("")
        fetched(data.file).then(
            (shapes) => {
                if (map.key !== key) return
                map.shapes = shapes
                drawShapes()
                if (before?.level !== data.level) {
                    map.whole = box(shapes.codes.map((_, at) => at))
                    map.view = null
                }
                // What a reader has looked at stays, unless another place was chosen elsewhere.
                if (!map.view || (before && before.chosen !== data.chosen && map.told !== data.chosen)) around(data.kreis)
                else look(map.view)
                map.told = ""
                walk(document.activeElement === svg && map.current >= 0 && before?.level === data.level ? map.current : -1)
                find("failed").hidden = true
                root.dataset.drawn = data.level
            },
            () => {
                find("failed").textContent = data.texts.failed
                find("failed").hidden = false
            },
        )
    }

    const at = (event) => Number(event.target.closest?.("[data-at]")?.dataset.at ?? -1)
    const place = (event) => {
        const corner = stage.getBoundingClientRect()
        return [event.clientX - corner.left, event.clientY - corner.top]
    }
    let from = null
    svg.onpointermove = (event) => {
        if (!map.shapes) return
        if (from && event.pointerType === "mouse") {
            const [x, y] = [event.clientX - from.x, event.clientY - from.y]
            if (from.moved || Math.hypot(x, y) > 5) {
                from.moved = true
                look({ ...from.view, x: from.view.x - x * unit(), y: from.view.y - y * unit() })
                return point(-1)
            }
        }
        point(at(event), ...place(event))
    }
    svg.onpointerdown = (event) => (from = map.shapes && { x: event.clientX, y: event.clientY, view: map.view, moved: false })
    svg.onpointerleave = () => {
        from = null
        point(-1)
    }
    svg.onclick = (event) => {
        const moved = from?.moved
        from = null
        if (map.shapes && !moved) pick(at(event))
    }
    svg.onfocus = () => {
        if (map.shapes && svg.matches(":focus-visible")) walk(map.current >= 0 ? map.current : start())
    }
    svg.onblur = () => map.shapes && (mark("current", ""), point(-1))
    svg.onkeydown = (event) => {
        if (!map.shapes || event.ctrlKey || event.metaKey || event.altKey) return
        const does = {
            Enter: () => pick(map.current),
            " ": () => pick(map.current),
            Escape: () => look(map.whole),
            "+": () => by(0.6),
            "-": () => by(1 / 0.6),
        }[event.key]
        const way = WAYS[event.key]
        if (!does && !way) return
        event.preventDefault()
        if (way) walk(map.current < 0 ? start() : next(map.shapes, map.current, way))
        else does()
    }
    find("turn").onclick = () => {
        if (root.dataset.shown) delete root.dataset.shown
        else root.dataset.shown = "table"
        nameTurn()
    }
    find("land").onclick = () => map.shapes && look(map.whole)
    find("closer").onclick = () => map.shapes && by(0.6)
    find("farther").onclick = () => map.shapes && by(1 / 0.6)
    find("picture").onclick = () => map.shapes && save(svg, map)
    new ResizeObserver(() => map.view && look(map.view)).observe(svg)
    return map
}

// The words of a text in lines of so many letters.
const lines = (text, width) =>
    text.split(" ").reduce((found, word) => {
        const last = found[found.length - 1]
        if (last === undefined || last.length + word.length >= width) return [...found, word]
        return [...found.slice(0, -1), `${last} ${word}`]
    }, [])

// A picture with title, legend and source, as a PNG: everything in it is in the page already.
const drawing = (svg, { data, view }) => {
    const wide = 1000, high = 900
    let y = 0
    const texts = (text, size, weight) =>
        lines(text, 1700 / size)
            .map((line) => `<text x="20" y="${(y += size * 1.35)}" font-size="${size}" font-weight="${weight}">${escaped(line)}</text>`)
            .join("")
    const title = texts(data.picture.title, 24, 600)
    y += 14
    let x = 20
    const legend = legendOf(data.fills, `${data.id}-p`)
        .map(({ size, mark, name }) => {
            const room = size + 16 + name.length * 8.5
            if (x + room > wide - 20) [x, y] = [20, y + 32]
            const entry =
                `<g transform="translate(${x} ${y + 14 - size / 2})">${mark}</g>` +
                `<text x="${x + size + 6}" y="${y + 19}" font-size="15">${escaped(name)}</text>`
            x += room
            return entry
        })
        .join("")
    y += 44
    // Patterns are as large as on the page; lines are twice as wide, because the picture has twice as many pixels.
    const [marks, shapes] = svg.innerHTML.split("</defs>")
    const scale = Math.max(view.w / (wide - 40), view.h / high)
    const inner =
        `<svg x="20" y="${y}" width="${wide - 40}" height="${high}" viewBox="${svg.getAttribute("viewBox")}">` +
        `${marks.replace(/patternTransform="[^"]*"/g, `patternTransform="scale(${scale})"`)}</defs>` +
        `${shapes.replace(/stroke-width="([\d.]+)"/g, (_, width) => `stroke-width="${width * 2}"`)}</svg>`
    const across = data.across
        ? `<text x="500" y="${y + 450}" text-anchor="middle" font-size="40" fill="${CHOSEN}" opacity="0.4">${escaped(data.across)}</text>`
        : ""
    y += high + 10
    const below = [...data.picture.below, data.source].map((text) => texts(text, 13, 400)).join("")
    return {
        wide,
        high: y + 20,
        text:
            `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${y + 20}" font-family="sans-serif" fill="${TEXT}">` +
            `<style>svg>g>[data-at],svg>g>[data-mark],svg>g>[data-lines]{vector-effect:non-scaling-stroke}</style><rect width="100%" height="100%" fill="${GROUND}"/>` +
            `${title}${legend}${inner}${across}${below}</svg>`,
    }
}

const save = async (svg, map) => {
    const { text, wide, high } = drawing(svg, map)
    const image = new Image()
    image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }))
    await image.decode()
    const canvas = Object.assign(document.createElement("canvas"), { width: wide * 2, height: high * 2 })
    canvas.getContext("2d").drawImage(image, 0, 0, wide * 2, high * 2)
    URL.revokeObjectURL(image.src)
    const file = await new Promise((done) => canvas.toBlob(done, "image/png"))
    const link = Object.assign(document.createElement("a"), {
        href: URL.createObjectURL(file),
        download: `${map.data.picture.name}.png`,
    })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}

export default function ({ parentElement, data, setTriggerValue }) {
    const root = parentElement.querySelector(".areamap")
    if (!maps.has(root)) maps.set(root, made(root))
    maps.get(root).show(data, (code) => setTriggerValue("picked", code))
}
