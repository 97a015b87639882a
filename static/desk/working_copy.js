// Keeps what is typed into a form: in this browser at once, on the server every two
// seconds, beside the row itself and seen by its editor alone. The server answers
// who else is here; the form hears of it as the event "desk:beat".
import { forget, send, sendUnsent, store } from "./unsent_words.js"

const PAUSE = 2_000
const PAUSE_IN_READING = 8_000
// Browsers refuse to send more while a page is left.
const MOST_ON_LEAVING = 60 * 1024
const NOT_TYPED = ["csrfmiddlewaretoken", "form_token", "working_copy"]

const place = document.querySelector("[data-working-copy]")
const form = place.closest("form")
const session = document.querySelector("[data-session]")
const { workingCopy: name, continues, kind, row, codes, zone } = place.dataset
let words = typed()
let number = 0
let kept = 0
let sentAt = Date.now()
let isSaving = false
let isOver = false
let isStored = true
let timer

window.django.jQuery(document).on("input change", note)
form.addEventListener("submit", () => {
  note()
  isSaving = true
})
// The copies that it continues are fields: they go with a form sent before this ran.
form.addEventListener("formdata", ({ formData }) => {
  const copies = [`${name}:${number}`, ...formData.getAll("working_copy")]
  formData.delete("working_copy")
  for (const copy of copies) formData.append("working_copy", copy)
})
addEventListener("pagehide", leave)
addEventListener("pageshow", () => {
  isSaving = false
  plan()
})
addEventListener("online", beat)
document.addEventListener("visibilitychange", () => {
  if (document.hidden) beat()
})

if ("isTyped" in place.dataset) change()
plan()
offerUnsent()

// What an earlier page of this browser could not send may belong to this row.
async function offerUnsent() {
  const arrived = await sendUnsent(name)
  if (arrived.includes(`${kind} ${row}`) && !number) location.reload()
}

function typed() {
  const fields = [...new FormData(form)]
  const isTyped = ([field, value]) =>
    typeof value === "string" && !NOT_TYPED.includes(field)
  return JSON.stringify(fields.filter(isTyped))
}

function note() {
  const now = typed()
  if (now === words || isOver) return
  words = now
  change()
}

// Numbers rise also from one page to the next, and so does the clock.
function change() {
  number = Math.max(number + 1, Date.now())
  isStored = store(copy())
  plan()
}

function copy() {
  const base = form.elements.base?.value ?? place.dataset.base
  const before = kept ? "" : continues
  return { name, number, words, continues: before, kind, row, codes, base }
}

function plan() {
  if (isOver || isSaving) return
  const pause = number > kept ? PAUSE : PAUSE_IN_READING
  clearTimeout(timer)
  timer = setTimeout(beat, Math.max(0, sentAt + pause - Date.now()))
}

async function beat() {
  if (isSaving || isOver) return
  note()
  sentAt = Date.now()
  const sent = copy()
  if (number <= kept) sent.words = ""
  try {
    await hear(await send(sent, form.elements.csrfmiddlewaretoken.value), sent)
  } catch {
    if (sent.words) show(isStored ? "here" : "lost")
  }
  plan()
}

async function hear(answer, sent) {
  if (answer.ok) {
    const heard = await answer.json()
    if (sent.words) {
      kept = Math.max(kept, sent.number)
      forget(name, sent.number)
      show("kept", heard.kept_at)
    }
    form.dispatchEvent(new CustomEvent("desk:beat", { detail: heard }))
  } else if (answer.status === 410) {
    isOver = true
    forget(name, number)
  } else {
    const isEnded = await isSignedOut(answer)
    if (sent.words) show(isEnded ? "ended" : isStored ? "here" : "lost")
  }
}

// Another sign-in makes another token: the next beat carries it.
async function isSignedOut(answer) {
  if (answer.type !== "opaqueredirect" && answer.status !== 403) return false
  const asked = await fetch(session.dataset.session, { redirect: "manual" })
  if (asked.type === "opaqueredirect") return true
  if (asked.ok) form.elements.csrfmiddlewaretoken.value = (await asked.json()).token
  return false
}

function show(what, at = new Date()) {
  const output = document.querySelector("output[data-kept]")
  const time = new Date(at).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  })
  const text = place.dataset[what].replace("%s", time)
  // Each minute's sentence would interrupt who listens; a trouble may.
  output.ariaLive = what === "kept" ? "off" : "polite"
  if (output.textContent !== text) output.textContent = text
}

function leave() {
  clearTimeout(timer)
  if (isSaving || isOver) return
  note()
  const last = copy()
  const isLong = new Blob([words]).size > MOST_ON_LEAVING
  if (number <= kept || isLong) last.words = ""
  const options = { keepalive: true, isLeaving: true }
  send(last, form.elements.csrfmiddlewaretoken.value, options).catch(() => {})
}
