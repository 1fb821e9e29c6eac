// Printing: charts are drawn for the window, so before paper they are drawn again, as wide as the paper.

const A4 = 688 // Its width without margins, in CSS pixels.
const onPaper = async () => {
    const root = document.documentElement
    // print.css makes the page as narrow as the paper; the charts then draw themselves again.
    root.classList.add("paper")
    await new Promise((resolve) => setTimeout(resolve, 1500))
    window.print()
    root.classList.remove("paper")
}
document.addEventListener("click", (event) => {
    if (event.target.closest?.("button.print")) onPaper()
})
// Printed from the browser's menu, there is no time to draw again: shrink what is too wide.
const plots = () => document.querySelectorAll(".js-plotly-plot")
window.addEventListener("beforeprint", () => {
    while (waitingBoxes.size) drawNext()
    const room = Math.min(1, A4 / document.querySelector('[data-testid="stMainBlockContainer"]').clientWidth)
    plots().forEach((plot) => (plot.style.zoom = room))
})
window.addEventListener("afterprint", () => plots().forEach((plot) => (plot.style.zoom = "")))
