// Rows of highlights and captions: adds them, and moves them up and down. Without it
// there is a spare row to write in and a position number to change.

for (const parts of document.querySelectorAll("[data-parts]")) {
  const rows = parts.querySelector("ol")
  const total = parts.querySelector('[name$="-TOTAL_FORMS"]')
  const template = parts.querySelector("template[data-row]")
  show(parts)

  parts.addEventListener("click", (event) => {
    const button = event.target.closest("button")
    if (button?.matches("[data-add]")) add()
    else if (button?.matches("[data-move]")) move(button)
  })

  function add() {
    const html = template.innerHTML.replaceAll("__prefix__", total.value++)
    rows.insertAdjacentHTML("beforeend", html)
    show(rows.lastElementChild)
    rows.lastElementChild.querySelector("textarea").focus()
  }

  function move(button) {
    const row = button.closest(".part")
    const all = [...rows.querySelectorAll(".part")]
    const other = all[all.indexOf(row) + Number(button.dataset.move)]
    if (!other) return
    if (button.dataset.move < 0) other.before(row)
    else other.after(row)
    number()
    button.focus()
  }

  function number() {
    const positions = rows.querySelectorAll('[name$="-ORDER"]')
    positions.forEach((position, index) => (position.value = index + 1))
    rows.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

function show(element) {
  for (const button of element.querySelectorAll("[data-add], [data-move]")) {
    button.hidden = false
  }
}
