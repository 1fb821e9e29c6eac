// Tables that are real HTML. Python sends each text of a column once, in the order in which it is sorted, and for each
// row the numbers of its texts (sheet.py): all of a table is here, and sorting, searching and turning pages ask nobody.
// `ordered` and `matching` say which rows stand where; all else is what a reader sees of it.

const ROWS = 20
const WHOLE = 200 // So many rows go to paper whole: more would be a book beside three charts.
const PAPER = 688 // The width of A4 without margins, in CSS pixels.
const LONG = 18 // A text of more letters may be broken, even among numbers and days.
const FEW = 4 // So few columns would stand too far apart if they filled the page.
const MANY = 8 // So many have little room each.
const letters = new Intl.Collator("de", { numeric: true })

// What readers chose in each table, by its key: it outlasts a page that is drawn anew, and a folder that is closed.
const choices = new Map()
const tables = new WeakMap()

const read = (bytes) => {
    const sheet = JSON.parse(new TextDecoder().decode(bytes))
    for (const column of sheet.columns) {
        column.at ??= Array.from({ length: sheet.count }, (_, row) => row)
        column.shown = column.texts.length - column.gaps
    }
    return sheet
}

// The place of each text of a column: by what Python found it to be worth, else by its letters. Some are equal.
const places = (column) => {
    if (column.places) return column.places
    const found = column.texts.map((_, at) => at)
    if (column.valued) {
        const same = new Set(column.same)
        for (let at = 1; at < column.shown; at++) found[at] = found[at - 1] + (same.has(at) ? 0 : 1)
    } else {
        const named = found.slice(0, column.shown).sort((a, b) => letters.compare(column.texts[a], column.texts[b]))
        named.forEach((at, place) => (found[at] = place))
    }
    return (column.places = found)
}

// What is withheld or unknown stands behind all else, both ways; rows at the same place stand by their names.
const ordered = (sheet, rows, column, down) => {
    if (!column) {
        if (!sheet.first?.length) return rows
        const found = new Set(rows)
        const first = sheet.first.filter((row) => found.has(row))
        const before = new Set(first)
        return [...first, ...rows.filter((row) => !before.has(row))]
    }
    const place = places(column)
    const head = sheet.columns.find((each) => each.heads)
    const name = head && places(head)
    const gap = (row) => Math.max(0, column.at[row] - column.shown + 1)
    const by = (a, b) =>
        gap(a) - gap(b) ||
        (gap(a) ? 0 : (place[column.at[a]] - place[column.at[b]]) * (down ? -1 : 1)) ||
        (head ? name[head.at[a]] - name[head.at[b]] : 0) ||
        a - b
    return [...rows].sort(by)
}

// The rows in whose names all these letters are.
const matching = (sheet, typed) => {
    const every = Array.from({ length: sheet.count }, (_, row) => row)
    const words = folded(typed).split(" ").filter(Boolean)
    if (!words.length) return typed.trim() ? [] : every
    sheet.folded ??= every.map((row) =>
        sheet.columns
            .filter((column) => !column.valued && !column.right)
            .map((column) => folded(column.texts[column.at[row]]))
            .join(" "),
    )
    return every.filter((row) => words.every((word) => sheet.folded[row].includes(word)))
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

const element = (name, className, text) => {
    const made = document.createElement(name)
    if (className) made.className = className
    if (text !== undefined) made.textContent = text
    return made
}

const button = (className, text, onclick) => {
    const made = element("button", className, text)
    made.type = "button"
    made.onclick = onclick
    return made
}

class Table {
    constructor(root) {
        this.root = root
        this.printing = false
        this.bar = element("div", "listing-bar")
        this.label = element("label", "listing-search")
        this.labelText = element("span")
        this.input = element("input")
        this.input.type = "search"
        this.input.autocomplete = "off"
        this.input.spellcheck = false
        this.input.oninput = () => this.search()
        this.label.append(this.labelText, this.input)
        this.own = button("listing-own", "", () => this.jump())
        this.bar.append(this.label, this.own)
        this.box = element("div", "listing-box")
        this.foot = element("div", "listing-foot")
        this.counted = element("p", "listing-count")
        this.pager = element("div", "listing-pager")
        this.pager.setAttribute("role", "group")
        this.steps = {}
        for (const step of ["first", "before", "next", "last"]) {
            this.steps[step] = button(`listing-${step}`, "", () => this.turn(step))
            this.pager.append(this.steps[step])
        }
        this.foot.append(this.counted, this.pager)
        this.note = element("p", "listing-note")
        this.said = element("div", "listing-said")
        this.said.setAttribute("role", "status")
        root.replaceChildren(this.bar, this.box, this.foot, this.note, this.said)
        new ResizeObserver(() => this.reach()).observe(this.box)
    }

    // A table that a run of the page sends again is the same, or has other rows of the same columns.
    take(bytes) {
        const before = this.bytes
        if (before?.length === bytes.length && before.every((each, at) => each === bytes[at])) return
        this.bytes = bytes
        this.sheet = read(bytes)
        this.sheet.key = this.root.dataset.key ?? this.sheet.key
        const { key, caption, texts, count } = this.sheet
        if (!choices.has(key)) choices.set(key, { typed: "", page: 0 })
        this.chosen = choices.get(key)
        this.lang = texts.lang
        this.labelText.textContent = texts.search
        this.input.placeholder = texts.hint
        const searched = this.sheet.search && count > ROWS
        if (!searched) this.chosen.typed = ""
        this.label.hidden = !searched
        if (document.activeElement !== this.input) this.input.value = this.chosen.typed
        this.pager.setAttribute("aria-label", `${texts.pages}: ${caption}`)
        for (const [step, made] of Object.entries(this.steps)) made.setAttribute("aria-label", texts[step])
        const focused = document.activeElement?.closest?.("th")?.dataset.name
        const hadFocus = this.box.contains(document.activeElement)
        this.place()
        this.build()
        this.arrange()
        if (hadFocus) this.headers.find(({ th }) => th.dataset.name === focused)?.th.querySelector("button")?.focus()
    }

    // Whose place it is stands on the page, and not in the table, which is the same for all.
    standing() {
        const own = document.querySelector("[data-own]")?.dataset.own ?? "[]"
        const first = document.querySelector(`[data-first-of="${CSS.escape(this.sheet.key)}"]`)?.dataset.rows ?? ""
        return [own, first]
    }

    place() {
        const { sheet } = this
        const [own, first] = (this.stood = this.standing())
        sheet.first = first.split(",").filter(Boolean).map(Number)
        sheet.own = null
        const head = sheet.places && sheet.columns.find((column) => column.heads)
        for (const label of head ? JSON.parse(own) : []) {
            const text = head.texts.indexOf(label)
            const rows = head.at.flatMap((at, row) => (at === text ? [row] : []))
            if (!rows.length) continue
            sheet.own = { label, rows }
            break
        }
    }

    // The page is of another place now.
    moved() {
        if (!this.sheet || this.standing().every((each, at) => each === this.stood[at])) return
        this.place()
        this.arrange()
    }

    build() {
        const { columns, caption, texts, count } = this.sheet
        const sorts = count > 1
        this.table = element("table")
        this.table.className = columns.length <= FEW ? "narrow" : columns.length > MANY ? "many" : ""
        const hint = sorts && columns.some((column) => column.sortable) ? ` ${texts.sortable}` : ""
        this.table.append(element("caption", "listing-said", caption.replace(/\.?$/, ".") + hint))
        const row = element("tr")
        this.headers = columns.map((column) => {
            const th = element("th", column.right ? "right" : "")
            th.scope = "col"
            th.dataset.name = column.name
            if (column.heads) th.dataset.heads = ""
            const inner = sorts && column.sortable ? button("", undefined, () => this.sort(column)) : element("span")
            inner.append(element("span", "", column.label))
            if (column.unit) inner.append(" ", element("span", "unit", column.unit))
            th.append(inner)
            row.append(th)
            return { th, column }
        })
        const head = element("thead")
        head.append(row)
        this.body = element("tbody")
        this.table.append(head, this.body)
        this.box.replaceChildren(this.table)
    }

    // Find and order the rows, and show the page on which the reader is.
    arrange() {
        const { columns } = this.sheet
        this.sorted = columns.find((column) => column.name === this.chosen.name && column.sortable)
        this.rows = ordered(this.sheet, matching(this.sheet, this.chosen.typed), this.sorted, this.chosen.down)
        for (const { th, column } of this.headers) {
            if (column === this.sorted) th.setAttribute("aria-sort", this.chosen.down ? "descending" : "ascending")
            else th.removeAttribute("aria-sort")
        }
        const notes = this.sorted ? [...(this.sorted.notes ?? [])] : []
        if (this.sorted?.gaps) notes.push(this.sheet.texts.gaps)
        this.note.textContent = notes.join(" ")
        this.note.hidden = !notes.length
        this.show()
    }

    show() {
        const { texts, count, own } = this.sheet
        const found = this.rows.length
        const pages = Math.max(1, Math.ceil(found / ROWS))
        this.chosen.page = Math.min(this.chosen.page, pages - 1)
        const whole = this.printing && found <= WHOLE
        const from = whole ? 0 : this.chosen.page * ROWS
        const shown = whole ? this.rows : this.rows.slice(from, from + ROWS)
        this.body.replaceChildren(...shown.map((row) => this.row(row)))
        if (!found) this.body.append(this.nothing())
        const said = { first: from + (found ? 1 : 0), last: from + shown.length, count: found, every: count }
        const searched = this.chosen.typed.trim() !== ""
        const counted = filled(searched ? texts.found : texts.rows, this.written(said))
        this.counted.textContent = this.printing && !whole ? `${counted}. ${texts.paper}` : counted
        this.counted.hidden = pages === 1 && !searched
        this.foot.hidden = this.counted.hidden
        this.foot.classList.toggle("printed", searched || shown.length < count)
        this.pager.hidden = pages === 1
        for (const [step, made] of Object.entries(this.steps)) {
            const stays = ["first", "before"].includes(step) ? this.chosen.page === 0 : this.chosen.page === pages - 1
            made.setAttribute("aria-disabled", String(stays))
        }
        this.pages = pages
        this.own.hidden = !own
        this.bar.hidden = this.own.hidden && this.label.hidden
        if (own) this.own.textContent = this.where()
        this.reach()
    }

    row(at) {
        const { columns, own, texts } = this.sheet
        const tr = element("tr")
        const isOwn = own?.rows.includes(at)
        if (isOwn) tr.dataset.own = ""
        for (const column of columns) {
            const text = column.texts[column.at[at]]
            const long = text.length > LONG ? " long" : ""
            const kind = column.right ? "right" : column.valued ? "time" : ""
            const cell = element(column.heads ? "th" : "td", kind && kind + long, text)
            if (column.heads) {
                cell.scope = "row"
                if (isOwn) cell.append(" ", element("span", "listing-mark", texts.own_mark))
            }
            tr.append(cell)
        }
        return tr
    }

    nothing() {
        const tr = element("tr")
        const cell = element("td", "", this.sheet.texts.none)
        cell.colSpan = this.sheet.columns.length
        tr.append(cell)
        return tr
    }

    written(values) {
        const number = new Intl.NumberFormat(this.lang)
        return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, number.format(value)]))
    }

    ownPlace() {
        const own = new Set(this.sheet.own.rows)
        return this.rows.findIndex((row) => own.has(row))
    }

    where() {
        const { own, texts } = this.sheet
        const at = this.ownPlace()
        const said = { name: own.label, ...this.written({ row: at + 1, count: this.rows.length }) }
        return filled(at < 0 ? texts.own_hidden : texts.own, said)
    }

    // Show the row of the reader's place, wherever it is, and put the focus there.
    jump() {
        if (this.ownPlace() < 0) {
            this.input.value = this.chosen.typed = ""
            this.arrange()
        }
        const at = this.ownPlace()
        this.chosen.page = Math.floor(at / ROWS)
        this.show()
        const cell = this.body.children[at % ROWS].querySelector("th") ?? this.body.children[at % ROWS].cells[0]
        cell.tabIndex = -1
        cell.focus({ preventScroll: true })
        cell.scrollIntoView({ block: "center", inline: "nearest" })
    }

    // First as most people want it: names from A, numbers from the largest; then the other way; then as it came.
    sort(column) {
        const { texts } = this.sheet
        const first = Boolean(column.right)
        if (this.sorted !== column) Object.assign(this.chosen, { name: column.name, down: first })
        else if (this.chosen.down === first) this.chosen.down = !first
        else this.chosen.name = undefined
        this.chosen.page = 0
        this.arrange()
        const way = this.chosen.down ? "down" : "up"
        const kind = column.right ? "" : column.valued ? "times_" : "letters_"
        const text = this.sorted ? texts[kind + way] : texts.unsorted
        this.say(filled(text, { column: column.label }), this.note.textContent)
        this.box.scrollTop = 0
    }

    search() {
        this.chosen.typed = this.input.value
        this.chosen.page = 0
        this.arrange()
        clearTimeout(this.waiting)
        const { texts } = this.sheet
        this.waiting = setTimeout(() => this.say(this.rows.length ? this.counted.textContent : texts.none), 500)
    }

    turn(step) {
        const to = { first: 0, before: this.chosen.page - 1, next: this.chosen.page + 1, last: this.pages - 1 }[step]
        if (to < 0 || to >= this.pages || to === this.chosen.page) return
        this.chosen.page = to
        this.show()
        this.box.scrollTop = 0
        const page = filled(this.sheet.texts.page, this.written({ page: to + 1, pages: this.pages }))
        this.say(page, this.counted.textContent)
    }

    say(...sentences) {
        this.said.textContent = sentences.filter(Boolean).join(" ")
    }

    // A box that scrolls can be reached with the keyboard and has a name; one that does not is none.
    reach() {
        if (!this.sheet) return
        const { box } = this
        const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1
        box.classList.toggle("wide", box.scrollWidth > box.clientWidth + 1)
        if (scrolls) {
            box.tabIndex = 0
            box.setAttribute("role", "region")
            box.setAttribute("aria-label", this.sheet.caption)
        } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name)
    }

    // On paper stand all rows that were found, or the open page of many, and columns as narrow as they have to be.
    print(printing) {
        if (!this.sheet || this.printing === printing) return
        this.printing = printing
        this.show()
        this.table.style.zoom = ""
        if (!printing) return
        this.table.classList.add("fitted")
        this.table.style.zoom = Math.min(1, PAPER / this.table.offsetWidth)
        this.table.classList.remove("fitted")
    }
}

const drawTable = ({ data, parentElement }) => {
    const root = parentElement.querySelector(".listing")
    if (!root || !data) return
    if (!tables.has(root)) tables.set(root, new Table(root))
    tables.get(root).take(data)
}

const tablesMoved = () => document.querySelectorAll(".listing").forEach((root) => tables.get(root)?.moved())

const printTables = (printing) =>
    document.querySelectorAll(".listing").forEach((root) => tables.get(root)?.print(printing))

// Tables that came before this script left word for it.
const waiting = window.dashboardTables ?? []
window.dashboardTables = { push: drawTable }
waiting.forEach(drawTable)
window.addEventListener("beforeprint", () => printTables(true))
window.addEventListener("afterprint", () => printTables(false))
window.matchMedia("print").addEventListener("change", (event) => printTables(event.matches))
