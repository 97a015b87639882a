// Warns before typed text is lost: the page asks when anything in the form differs
// from what was saved, the body included, and not on the way to saving it.

const form = document.querySelector("[data-working-copy]").closest("form")
const wasRefused = document.querySelector(".errornote") !== null
let isSaving = false
const asOpened = values()

form.addEventListener("submit", () => (isSaving = true))
addEventListener("pageshow", () => (isSaving = false))
addEventListener("beforeunload", (event) => {
  const isUnsaved = wasRefused || values() !== asOpened
  if (isUnsaved && !isSaving) event.preventDefault()
})

function values() {
  // The number of the working copy is no word of the editor's.
  const sent = [...new FormData(form)].filter(([name]) => name !== "working_copy")
  return JSON.stringify(sent.map(([name, value]) => [name, value.name ?? value]))
}
