// The arrow keys lead to the older and the newer version, as their links do.

const LINKS = { ArrowLeft: "prev", ArrowRight: "next" }

document.addEventListener("keydown", (event) => {
  const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
  if (!isPlain || event.target.closest("input, textarea, select")) return
  const rel = LINKS[event.key]
  if (rel) document.querySelector(`.history__version a[rel="${rel}"]`)?.click()
})
