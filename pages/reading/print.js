// The width of A4 without margins, in CSS pixels.
const PAPER = 688

export default function ({ data, parentElement }) {
    const root = document.documentElement
    const main = () => document.querySelector('[data-testid="stMainBlockContainer"]')
    const charts = () => document.querySelectorAll(".js-plotly-plot")
    const button = parentElement.querySelector("button")
    button.textContent = data
    button.onclick = async () => {
        // print.css makes the page as narrow as the paper; the charts then draw themselves again.
        root.classList.add("paper")
        await new Promise((resolve) => setTimeout(resolve, 1500))
        window.print()
        root.classList.remove("paper")
    }
    // Printed from the browser's menu, there is no time to draw again: shrink what is too wide.
    window.onbeforeprint = () => {
        const room = Math.min(1, PAPER / main().clientWidth)
        charts().forEach((chart) => (chart.style.zoom = room))
    }
    window.onafterprint = () => charts().forEach((chart) => (chart.style.zoom = ""))
}
