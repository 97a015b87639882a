// What was typed and the server has not confirmed: this browser keeps it, by its editor,
// and sends it from any screen of the desk. Another account never reads it.

const PREFIX = "desk-copy"
const signOut = document.querySelector("#logout-form")
const editor = signOut?.dataset.editor
let isSent = false

// Puts the newest words of a form in place of those before; says whether there was room.
export function store(copy) {
  try {
    localStorage.setItem(keyOf(copy.name), JSON.stringify(copy))
    return true
  } catch {
    return false
  }
}

// Forgets the words of a form that are no newer than what the server has.
export function forget(name, number) {
  if (stored(keyOf(name))?.number <= number) localStorage.removeItem(keyOf(name))
}

// Sends the words of a form, or only that it is open; answers as fetch does.
export function send(copy, token, options = {}) {
  const form = new FormData()
  form.set("csrfmiddlewaretoken", token)
  form.set("editor", editor)
  form.set("copy", `${copy.name}:${copy.number}`)
  for (const each of copy.continues.split(" ")) if (each) form.append("continues", each)
  for (const name of ["kind", "row", "codes", "base"]) form.set(name, copy[name])
  if (options.isLeaving) form.set("leaving", "1")
  if (copy.words) {
    form.set("words", copy.words)
    // As the server counts letters.
    form.set("length", [...copy.words].length)
  }
  return fetch(signOut.dataset.beat, {
    method: "POST",
    body: form,
    redirect: "manual",
    keepalive: Boolean(options.keepalive),
    signal: AbortSignal.timeout(15_000),
  })
}

// Sends what is there, but for one form's, and returns the rows of what was new.
export async function sendUnsent(except) {
  const arrived = []
  for (const key of signOut ? keys() : []) {
    const copy = stored(key)
    if (!copy || copy.name === except) continue
    try {
      const answer = await send(copy, signOut.elements.csrfmiddlewaretoken.value)
      // What was erased for good goes here, too.
      if (!answer.ok && answer.status !== 410) continue
      forget(copy.name, copy.number)
      if (answer.ok && (await answer.json()).is_new) arrived.push(`${copy.kind} ${copy.row}`)
    } catch {
      break
    }
  }
  return arrived
}

function keys() {
  const all = Array.from({ length: localStorage.length }, (_, n) => localStorage.key(n))
  return all.filter((key) => key.startsWith(keyOf("")))
}

function keyOf(name) {
  return `${PREFIX} ${editor} ${name}`
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

// A form takes care of its own words, and asks for those of others by itself.
if (!document.querySelector("[data-working-copy]")) {
  sendUnsent().then((arrived) => {
    if (arrived.length && document.querySelector("[data-offers]")) location.reload()
  })
}

signOut?.addEventListener("submit", async (event) => {
  if (isSent || !keys().length) return
  event.preventDefault()
  await sendUnsent()
  isSent = true
  signOut.requestSubmit()
})
