// Rows of highlights and captions: adds them, and moves them by button, by key or by
// dragging, and says so. Without it there is a spare row to write in and a position
// number to change.

const STEPS = { ArrowUp: -1, ArrowDown: 1 }

for (const parts of document.querySelectorAll("[data-parts]")) {
  const rows = parts.querySelector("ol")
  const total = parts.querySelector('[name$="-TOTAL_FORMS"]')
  const template = parts.querySelector("template[data-row]")
  const news = parts.querySelector("[data-moved]")
  let dragged = null
  let order = []
  show(parts)

  parts.addEventListener("click", (event) => {
    const button = event.target.closest("button")
    if (button?.matches("[data-add]")) add()
    else if (button?.matches("[data-move]")) step(button, Number(button.dataset.move))
  })

  rows.addEventListener("keydown", (event) => {
    const isAlone = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (!isAlone || !STEPS[event.key]) return
    event.preventDefault()
    step(event.target, STEPS[event.key])
  })

  rows.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.target.matches("[data-grip]")) return
    event.preventDefault()
    event.target.setPointerCapture(event.pointerId)
    dragged = event.target.closest(".part")
    order = all()
  })

  rows.addEventListener("pointermove", ({ clientY }) => {
    if (!dragged) return
    const [above, below] = [dragged.previousElementSibling, dragged.nextElementSibling]
    if (above?.matches(".part") && clientY < middle(above)) swap(dragged, above, -1)
    else if (below?.matches(".part") && clientY > middle(below)) swap(dragged, below, 1)
  })

  rows.addEventListener("pointerup", () => {
    if (dragged) moved(dragged, order.indexOf(dragged))
    dragged = null
  })

  rows.addEventListener("pointercancel", giveUp)
  addEventListener("keydown", ({ key }) => key === "Escape" && giveUp())

  function add() {
    const html = template.innerHTML.replaceAll("__prefix__", total.value++)
    rows.insertAdjacentHTML("beforeend", html)
    show(rows.lastElementChild)
    rows.lastElementChild.querySelector("textarea").focus()
  }

  function giveUp() {
    if (dragged) rows.prepend(...order)
    dragged = null
  }

  function step(within, by) {
    const row = within.closest(".part")
    const from = all().indexOf(row)
    const other = all()[from + by]
    if (!other) return
    swap(row, other, by)
    moved(row, from)
  }

  // The other row moves: this one keeps the focus, the caret and the pointer.
  function swap(row, other, by) {
    if (by < 0) row.after(other)
    else row.before(other)
    row.scrollIntoView({ block: "nearest" })
  }

  function moved(row, from) {
    const to = all().indexOf(row)
    if (to === from) return
    const positions = rows.querySelectorAll('[name$="-ORDER"]')
    positions.forEach((position, index) => (position.value = index + 1))
    const numbers = { from: from + 1, to: to + 1, all: all().length }
    news.textContent = news.dataset.moved.replace(/%(\w+)/g, (_, name) => numbers[name])
    rows.dispatchEvent(new Event("input", { bubbles: true }))
  }

  function all() {
    return [...rows.querySelectorAll(".part")]
  }
}

function middle(row) {
  const { top, height } = row.getBoundingClientRect()
  return top + height / 2
}

function show(element) {
  for (const tool of element.querySelectorAll("[data-add], [data-move], [data-grip]")) {
    tool.hidden = false
  }
}
