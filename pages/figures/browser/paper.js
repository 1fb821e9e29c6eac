// Printing: charts are drawn for the window, so before paper they are drawn again, as wide as the paper.

// On a sheet, in CSS pixels: with its heading and its note a chart fits on the rest of one that something else begins.
const TALLEST = 390
const SMALLER = 0.75 // as the text of a chart is on paper: 9 pixels are 7 points
const onPaper = (begins) => {
    if (begins) while (waitingBoxes.size) drawNext()
    // print.css makes the page as narrow as the paper.
    document.documentElement.classList.toggle("paper", begins)
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
        const { height } = plot._fullLayout
        const smaller = begins ? Math.min(SMALLER, TALLEST / height) : 1
        const box = plot.closest(".chart")
        const { width, height: own } = sizeOf(box)
        resize(box, plot, { width: width / smaller, height: begins ? height : own })
        plot.style.zoom = begins ? smaller : ""
    }
}
document.addEventListener("click", (event) => {
    if (event.target.closest?.("button.print")) window.print()
})
window.addEventListener("beforeprint", () => onPaper(true))
window.addEventListener("afterprint", () => onPaper(false))
