// The captions of the form, as the body's editor needs them.

export function captionRows() {
  return [...document.querySelectorAll('[data-parts="captions"] .part')]
}

export function captionText(key) {
  const row = rowOf(key)
  return row && (field(row, "text").value || field(row, "credit").value)
}

export function captionPicture(key) {
  return rowOf(key)?.querySelector("[data-picture] img")?.src
}

// A caption that was never saved has no key yet: the figure in the body needs one.
export function keyOf(row) {
  const key = field(row, "key")
  key.value ||= newKey()
  return key.value
}

export function newKey() {
  return Math.random().toString(36).slice(2, 8).padEnd(6, "2")
}

export function isWritten(row) {
  const words = ["text", "credit", "photo"].map((name) => field(row, name).value)
  return words.join("").trim() !== "" && !field(row, "DELETE").checked
}

export function field(row, name) {
  return row.querySelector(`[name$="-${name}"]`)
}

function rowOf(key) {
  return captionRows().find((row) => field(row, "key").value === key)
}
