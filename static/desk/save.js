// Ctrl+S and Cmd+S save, also where the keyboard has other letters, but not from behind
// a dialog. A page that comes back from a save stands where it was left, with the caret.

const form = document.querySelector("#article_form")
const save = form.querySelector("[name=_save]")
const PLACE = "desk:place"

addEventListener("keydown", saveByKey, { capture: true })
form.addEventListener("submit", () => {
  const focused = document.activeElement
  const place = { id: idAfterSave(focused), caret: caretIn(focused), top: topOf(focused) }
  sessionStorage.setItem(PLACE, JSON.stringify(place))
})

// The page has its height, and select2's fields are there.
const body = form.querySelector("textarea[data-editor]")
if (!body || editorOf(body)) window.django.jQuery(comeBack)
else body.addEventListener("desk:opened", () => window.django.jQuery(comeBack))

// Captured, since the field of the tags lets no key out.
function saveByKey(event) {
  const hasModifier = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  if (!hasModifier || !isS(event)) return
  event.preventDefault()
  if (!event.repeat && !document.querySelector("dialog[open]")) form.requestSubmit(save)
}

function isS({ key, code }) {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() === "s" : code === "KeyS"
}

// The field that has the focus, by the name it will have on the page that comes.
function idAfterSave(focused) {
  const row = focused.closest(".part")
  if (row) {
    const rows = [...row.parentElement.children]
    const before = rows.slice(0, rows.indexOf(row)).filter(isKept).length
    return focused.id.replace(/-\d+-/, `-${before}-`)
  }
  // Rich text and select2 stand in for a field of their own.
  const standsIn = focused.closest(".prose-editor, .related-widget-wrapper")
  return focused.id || standsIn?.querySelector("textarea[id], select[id]").id
}

function isKept(row) {
  if (row.querySelector("[name$=-DELETE]")?.checked ?? true) return false
  const fields = [...row.querySelectorAll("textarea, [name$=-photo]")]
  return fields.some(({ value }) => value.trim())
}

function caretIn(focused) {
  if (focused.editor) return focused.editor.state.selection.toJSON()
  const { selectionStart: anchor, selectionEnd: head } = focused
  return { type: "text", anchor, head }
}

// What has to be read at the head of the page is not scrolled past.
function comeBack() {
  const place = JSON.parse(sessionStorage.getItem(PLACE))
  sessionStorage.removeItem(PLACE)
  const isSaved = document.querySelector(".save-bar__saved li")
  const isToBeRead = document.querySelector(".errornote, .messagelist :is(.warning, .error)")
  if (!place || !isSaved || isToBeRead) return
  const field = document.getElementById(place.id)
  if (field) setCaret(field, place.caret)
  scrollBy(0, topOf(field ? document.activeElement : document.body) - place.top)
}

// How far below the window's edge what has the focus begins, or the caret in the body.
function topOf(focused) {
  const { view, state } = focused.editor ?? {}
  const { top } = view?.coordsAtPos(state.selection.head) ?? focused.getBoundingClientRect()
  return top
}

function setCaret(field, { type, anchor, head }) {
  const editor = editorOf(field)
  if (editor && type === "node") editor.commands.setNodeSelection(anchor)
  else if (editor) editor.commands.setTextSelection({ from: anchor, to: head })
  else if (Number.isInteger(anchor)) field.setSelectionRange?.(anchor, head)
  editor?.view.focus()
  if (!editor) field.focus({ preventScroll: true })
}

function editorOf(field) {
  return field.closest(".prose-editor")?.querySelector(".ProseMirror").editor
}
