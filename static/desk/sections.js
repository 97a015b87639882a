// A section is dragged by its handle to its place in the menu. Where it is dropped, the
// form says what the buttons say: which one, and before which other.

const form = document.querySelector("[data-sections]")
const list = form.querySelector("ol")
let dragged = null

for (const row of list.querySelectorAll("[data-section]")) {
  const handle = row.querySelector(".menu-section__handle")
  handle.hidden = false
  handle.draggable = true
  handle.addEventListener("dragstart", (event) => {
    dragged = row
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", row.dataset.section)
    event.dataTransfer.setDragImage(row, 0, 0)
    row.classList.add("is-dragged")
  })
  handle.addEventListener("dragend", () => {
    row.classList.remove("is-dragged")
    dragged = null
  })
}

list.addEventListener("dragover", (event) => {
  const row = event.target.closest("[data-section]")
  if (!dragged || !row) return
  event.preventDefault()
  if (row === dragged) return
  const { top, height } = row.getBoundingClientRect()
  row[event.clientY < top + height / 2 ? "before" : "after"](dragged)
})

list.addEventListener("drop", (event) => {
  if (!dragged) return
  event.preventDefault()
  const next = dragged.nextElementSibling?.dataset.section ?? ""
  const move = document.createElement("input")
  move.type = "hidden"
  move.name = "move"
  move.value = `${dragged.dataset.section}:${next}`
  form.append(move)
  form.submit()
})
