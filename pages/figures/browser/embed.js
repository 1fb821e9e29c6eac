// The page of a figure within the pages of others: a picture until somebody asks for a chart that answers to the
// pointer and the keys. Until then nothing else is fetched; afterwards the chart is drawn as on our own pages, by
// their script (`figures.js`).

const button = document.querySelector("button[data-chart-from]")
const box = document.querySelector(".interactive .chart")

const failed = () => {
    button.disabled = false
    document.querySelector(".failed").hidden = false
}

const drawn = () =>
    new Promise((done, left) => {
        new MutationObserver((_, observer) => {
            if (!box.querySelector(".main-svg")) return
            observer.disconnect()
            done()
        }).observe(box, { childList: true, subtree: true })
        setTimeout(left, 20_000)
    })

const fetched = () =>
    new Promise((done, left) => {
        const script = document.createElement("script")
        Object.assign(script.dataset, { plotly: button.dataset.plotly, chart2music: button.dataset.chart2music })
        script.src = button.dataset.script
        script.onload = done
        script.onerror = left
        document.head.append(script)
    })

const exchange = async () => {
    button.disabled = true
    document.querySelector(".failed").hidden = true
    try {
        const answer = await fetch(button.dataset.chartFrom)
        if (!answer.ok) throw new Error(answer.statusText)
        const chart = await answer.text()
        box.style.height = `${JSON.parse(chart).layout.height}px`
        box.dataset.chart = chart
        const shown = drawn()
        document.body.classList.add("is-interactive") // A chart that is not seen has no width.
        await fetched()
        await shown
        button.parentElement.hidden = true
        box.tabIndex = -1
        box.focus()
    } catch {
        document.body.classList.remove("is-interactive")
        delete box.dataset.chart
        failed()
    }
}

button.parentElement.hidden = false
button.addEventListener("click", exchange)
