// Ctrl+S and Cmd+S save, also where the keyboard has other letters, but not from behind
// a dialog. A page that comes back from a save stands where it was left.

const form = document.querySelector("#article_form")
const save = form.querySelector("[name=_save]")
const PLACE = "desk:place"

addEventListener("keydown", (event) => {
  const hasModifier = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  if (!hasModifier || !isS(event)) return
  event.preventDefault()
  if (!event.repeat && !document.querySelector("dialog[open]")) form.requestSubmit(save)
})

form.addEventListener("submit", () => {
  sessionStorage.setItem(PLACE, JSON.stringify([scrollY, document.activeElement.id]))
})
comeBack()

function isS({ key, code }) {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() === "s" : code === "KeyS"
}

// What has to be read at the head of the page is not scrolled past.
function comeBack() {
  const place = sessionStorage.getItem(PLACE)
  sessionStorage.removeItem(PLACE)
  const isSaved = document.querySelector(".save-bar__saved li")
  const isToBeRead = document.querySelector(".errornote, .messagelist :is(.warning, .error)")
  if (!place || !isSaved || isToBeRead) return
  const [y, id] = JSON.parse(place)
  document.getElementById(id)?.focus({ preventScroll: true })
  scrollTo(0, y)
}
