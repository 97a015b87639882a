// Tags: what is typed and is none yet becomes a new one, offered behind those that are
// there; a suggestion is accepted or dismissed, and not both. Without it the boxes of
// the suggestions work alone.
import "./label_selects.js"

const select2 = window.django?.jQuery?.fn.select2

if (select2) {
  // Set before the fields are made: only those with data-tags make new ones.
  select2.defaults.set("createTag", ({ term }) => {
    const text = term.trim()
    return text ? { id: `+${text}`, text, isNew: true } : null
  })
  select2.defaults.set("insertTag", (found, tag) => found.push(tag))
  select2.defaults.set("templateResult", (item) => {
    const words = document.querySelector("[data-new]")?.dataset.new
    return item.isNew && words ? words.replace("%s", () => item.text) : item.text
  })
}

for (const suggestions of document.querySelectorAll(".suggestions")) {
  suggestions.querySelector(".suggestions__all")?.removeAttribute("hidden")
  suggestions.addEventListener("change", ({ target }) => {
    if (target.checked) choose(target)
  })
  suggestions.addEventListener("click", ({ target }) => {
    const answer = target.dataset.answer
    if (answer) answerAll(suggestions, answer)
  })
}

function choose(box) {
  const boxes = box.closest(".suggestion")?.querySelectorAll("input") ?? []
  for (const other of boxes) other.checked = other === box
}

function answerAll(suggestions, answer) {
  const boxes = [...suggestions.querySelectorAll(`[name$="-${answer}"]`)]
  const isAnswered = boxes.every((box) => box.checked)
  for (const box of boxes) {
    if (isAnswered) box.checked = false
    else choose(Object.assign(box, { checked: true }))
  }
}
