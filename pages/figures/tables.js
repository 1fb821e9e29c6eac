// A table that is wider than a phone scrolls in itself; with the keyboard only if it can be reached.
const reach = () =>
    document.querySelectorAll('[data-testid="stTable"] > div').forEach((table) => {
        table.tabIndex = table.scrollWidth > table.clientWidth ? 0 : -1
    })

let waiting
const soon = () => {
    clearTimeout(waiting)
    waiting = setTimeout(reach, 200)
}

export default function () {
    const seen = new MutationObserver(soon)
    seen.observe(document.body, { childList: true, subtree: true })
    window.addEventListener("resize", soon)
    soon()
    return () => {
        seen.disconnect()
        window.removeEventListener("resize", soon)
    }
}
