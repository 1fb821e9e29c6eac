// A box in which an area is found by any part of its name or by its key. It follows the pattern of a combobox with a
// list: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
// What is offered and in which order is `ranked`; all else is what a reader sees of it.

const EXACT = 0, NAME = 1, BEGINS = 2, WORD = 3, PART = 4, NOT = 5

const byKey = (area, digits) => {
    if (area.keys.includes(digits)) return EXACT
    return area.keys.some((key) => key.startsWith(digits)) ? BEGINS : NOT
}

const byName = (area, letters) => {
    if (area.folded === letters) return EXACT
    if (area.name === letters) return NAME
    if (area.folded.startsWith(letters)) return BEGINS
    if (` ${area.folded}`.includes(` ${letters}`)) return WORD
    const all = letters.split(" ").every((part) => area.folded.includes(part))
    return all || area.folded.replace(/ /g, "").includes(letters.replace(/ /g, "")) ? PART : NOT
}

// Those that match: the whole name, a name or a word that begins like this, the rest; the larger first among equals.
const ranked = (areas, typed) => {
    const digits = typed.replace(/\s/g, "")
    const isKey = /^\d+$/.test(digits)
    const letters = folded(typed)
    if (!isKey && !letters) return areas
    return areas
        .map((area) => ({ area, rank: isKey ? byKey(area, digits) : byName(area, letters) }))
        .filter(({ rank }) => rank < NOT)
        .sort((a, b) => a.rank - b.rank || a.area.place - b.area.place)
        .map(({ area }) => area)
}

// One line each: key, regional key, place by size, label, and the grouping that it is of, if it is no area.
const read = (lines) =>
    lines.split("\n").map((line) => {
        const [code, ars, place, label, grouping] = line.split("\t")
        const name = folded(label.replace(grouping ? ` · ${grouping}` : / \(.*\)$/, ""))
        const keys = [code, ars].filter(Boolean)
        return { code, keys, place: Number(place), label, grouping, folded: folded(label), name }
    })

const boxes = new WeakMap()

// What was chosen last, the newest first: as long as the tab is open, and nowhere else.
const RECENT = 5
let lately = []
const remember = (codes) => {
    lately = [...codes, ...lately.filter((code) => !codes.includes(code))].slice(0, RECENT + 1)
}

const made = (root) => {
    const find = (name) => root.querySelector(`.areabox-${name}`)
    const parts = ["label", "input", "clear", "more", "list", "chips", "said"]
    const box = Object.fromEntries(parts.map((name) => [name, find(name)]))
    // `code` is what is chosen; of several places, their keys with commas between them. `adding`: another one is
    // looked for beside those that are chosen.
    Object.assign(box, { areas: [], lines: "", code: "", typing: false, adding: false, shown: [], options: [], active: -1 })
    const { input, list } = box

    const isOpen = () => !list.hidden
    const codes = () => box.code.split(",").filter(Boolean)
    const isMore = () => box.adding || codes().length > 1
    const chosen = () => (isMore() ? undefined : box.areas.find((area) => area.code === box.code))
    const restore = () => {
        box.typing = false
        input.value = chosen()?.label ?? ""
        const several = codes()
        input.disabled = several.length >= box.most && box.most > 1
        input.placeholder = input.disabled ? "" : several.length ? box.texts.more : box.placeholder
        box.clear.hidden = box.required || several.length !== 1
        box.more.hidden = several.length !== 1 || box.most < 2
        // One place stands in the field itself; of several each has a button that takes it out.
        const named = several.length > 1 ? several.map((code) => box.areas.find((area) => area.code === code)) : []
        box.chips.hidden = !named.length
        box.chips.replaceChildren(
            ...named.filter(Boolean).map((area) => {
                const chip = document.createElement("button")
                chip.type = "button"
                chip.textContent = `${area.label} ×`
                chip.setAttribute("aria-label", box.texts.remove.replace("#", area.label))
                // It leaves the focus where it is: to draw the buttons anew would take this one away from the click.
                chip.onmousedown = (event) => event.preventDefault()
                chip.onclick = () => {
                    take(codes().filter((code) => code !== area.code))
                    input.focus()
                }
                return chip
            }),
        )
    }
    const take = (several) => {
        box.before = box.code
        box.code = several.join(",")
        remember(several)
        box.adding = false
        restore()
        close()
        box.tell(box.code)
    }
    const close = () => {
        list.hidden = true
        input.setAttribute("aria-expanded", "false")
        input.removeAttribute("aria-activedescendant")
    }
    const activate = (at) => {
        box.options[box.active]?.removeAttribute("data-active")
        box.active = at
        const option = box.options[at]
        if (!box.shown.length || !option) return input.removeAttribute("aria-activedescendant")
        option.setAttribute("data-active", "")
        input.setAttribute("aria-activedescendant", option.id)
        option.scrollIntoView({ block: "nearest" })
    }
    const open = () => {
        // Above the whole list stands what is chosen, where the list opens, and what was chosen before it.
        const first = box.typing ? [] : [...codes(), ...lately.filter((code) => !codes().includes(code))]
        const above = first.map((code) => box.areas.find((area) => area.code === code)).filter(Boolean)
        const recent = above.length > codes().length ? above.slice(0, codes().length + RECENT) : []
        box.shown = box.typing ? ranked(box.areas, input.value) : [...recent, ...box.areas]
        box.options = box.shown.map((area, at) => {
            const option = document.createElement("li")
            option.id = `${list.id}-${at}`
            option.setAttribute("role", "option")
            option.textContent = area.label
            option.setAttribute("aria-selected", String(codes().includes(area.code)))
            option.onclick = () => pick(area)
            return option
        })
        list.replaceChildren(...box.options)
        if (!box.typing) {
            // What is typed for is in another order; here a grouping has its name above what is of it.
            const head = (at, text) => {
                const heading = document.createElement("li")
                heading.className = "areabox-grouping"
                heading.setAttribute("role", "presentation")
                heading.textContent = text
                box.options[at].before(heading)
            }
            if (recent.length) {
                head(0, box.texts.recent)
                head(recent.length, box.texts.every)
            }
            box.shown.forEach((area, at) => {
                if (at < recent.length || !area.grouping) return
                if (area.grouping !== box.shown[at - 1]?.grouping) head(at, area.grouping)
            })
        }
        if (!box.shown.length) {
            const none = document.createElement("li")
            none.setAttribute("role", "option")
            none.setAttribute("aria-disabled", "true")
            none.setAttribute("aria-selected", "false")
            none.textContent = box.texts.none
            list.append(none)
        }
        list.hidden = false
        input.setAttribute("aria-expanded", "true")
        list.scrollTop = 0
        const at = box.typing ? 0 : box.shown.findIndex((area) => area.code === box.code)
        activate(box.shown.length ? Math.max(at, 0) : -1)
        box.said.textContent = box.typing ? box.texts.count.replace("#", box.shown.length) : ""
    }
    const pick = (area) => {
        const before = isMore() ? codes() : []
        if (area?.code !== chosen()?.code && !before.includes(area?.code)) {
            return take([...before, area?.code].filter(Boolean))
        }
        box.before = undefined
        box.adding = false
        restore()
        close()
    }

    input.onclick = () => {
        if (!isOpen()) {
            input.select()
            open()
        }
    }
    input.oninput = () => {
        box.typing = input.value.trim() !== ""
        open()
    }
    input.onkeydown = (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
        if (step) {
            event.preventDefault()
            if (!isOpen()) open()
            else if (box.shown.length) activate(Math.min(Math.max(box.active + step, 0), box.shown.length - 1))
        } else if (event.key === "Enter" && isOpen()) {
            event.preventDefault()
            if (box.shown[box.active]) pick(box.shown[box.active])
        } else if (event.key === "Escape") {
            if (isOpen() || box.typing) {
                restore()
                close()
            } else if (!box.required && chosen()) pick(null)
        }
    }
    input.onblur = () => {
        // Whoever empties a box that may be empty means it.
        if (!box.required && !input.value && chosen()) return pick(null)
        box.adding = false
        restore()
        close()
    }
    // The list and the buttons leave the focus in the field: without it, the list would close before the click.
    root.querySelectorAll("ul, button").forEach((each) => (each.onmousedown = (event) => event.preventDefault()))
    box.clear.onclick = () => pick(null)
    box.more.onclick = () => {
        box.adding = true
        restore()
        input.focus()
        open()
    }
    root.querySelector(".areabox-arrow").onclick = () => {
        input.focus()
        if (isOpen()) close()
        else open()
    }
    box.restore = restore
    return box
}

// The list comes as an element of its own, before a box or after it; it is read once for all boxes.
const offered = (box) => {
    const list = window.dashboardAreas
    if (!list || box.lines === list.lines) return
    list.areas ??= read(list.lines)
    Object.assign(box, { lines: list.lines, areas: list.areas })
}

export default function ({ data, parentElement, setTriggerValue }) {
    const root = parentElement.querySelector(".areabox")
    if (!boxes.has(root)) {
        const box = made(root)
        box.later = () => {
            offered(box)
            if (document.activeElement !== box.input || !(box.typing || box.adding)) box.restore()
        }
        boxes.set(root, box)
    }
    const box = boxes.get(root)
    const { id, label, placeholder, required, most, code, texts } = data
    offered(box)
    document.addEventListener("dashboardareas", box.later)
    Object.assign(box, { required, most, placeholder, texts, tell: (picked) => setTriggerValue("picked", picked) })
    box.input.id = `areabox-${id}`
    box.list.id = `areabox-${id}-list`
    box.input.setAttribute("aria-controls", box.list.id)
    box.label.htmlFor = box.input.id
    box.label.textContent = label
    box.input.setAttribute("aria-label", label)
    box.list.setAttribute("aria-label", label)
    box.clear.setAttribute("aria-label", texts.clear)
    box.more.setAttribute("aria-label", texts.more)
    box.chips.setAttribute("aria-label", label)
    // A run that began before the last choice knows nothing of it, and shows what was chosen before.
    if (code !== box.before) {
        box.before = undefined
        if (code !== box.code) remember(code.split(",").filter(Boolean))
        box.code = code
        if (document.activeElement !== box.input || !(box.typing || box.adding)) box.restore()
    }
    return () => document.removeEventListener("dashboardareas", box.later)
}
