// The source beside the story: what is pointed at or has the focus is marked on both
// sides. Marks are classes and decorations; nothing that would be saved is touched.
import { blocksOfBody, findPlaces } from "./form_targets.js"

const source = document.querySelector(".source")
const stories = [...source?.querySelectorAll(".source__story") ?? []].map(readStory)
const isCalm = matchMedia("(prefers-reduced-motion: reduce)")
let pointer = ""
let pointed = null
let focused = null
let marked = []
let scrolling = 0
let following = 0

if (source) {
  document.addEventListener("mouseover", pointAt)
  document.documentElement.addEventListener("mouseleave", () => point(null))
  document.addEventListener("focusin", (event) => attend(event.target))
  document.addEventListener("focusout", () => attend(null))
  document.addEventListener("selectionchange", followCaret)
  document.addEventListener("input", forget)
  document.addEventListener("change", settleBoth)
  source.addEventListener("click", goThere)
}

// A story's pieces by field, and where its fields went, found when it is first asked.
function readStory(element) {
  const pieces = new Map()
  for (const piece of element.querySelectorAll(".piece[data-field]")) {
    pieces.set(fieldOf(piece), [...(pieces.get(fieldOf(piece)) ?? []), piece])
  }
  return { element, pieces, places: null }
}

function fieldOf(piece) {
  return piece.dataset.field
}

function placesIn(story) {
  const texts = [...story.pieces].map(([field, pieces]) => [
    field,
    pieces.map((piece) => piece.textContent),
  ])
  story.places ??= findPlaces(new Map(texts))
  return story.places
}

function forget() {
  for (const story of stories) story.places = null
}

// What a page scrolls under a resting pointer is pointed at only when that moves, which
// is no new event of its own.
function pointAt({ screenX, screenY, target }) {
  const where = `${screenX} ${screenY}`
  if (where !== pointer) point(target)
  else document.addEventListener("mousemove", pointAt, { once: true })
  pointer = where
}

function point(target) {
  const next = target && linksOf(target)
  if (next?.key === pointed?.key) return
  pointed = next
  show()
}

function attend(target) {
  focused = target && linksOf(target)
  show()
}

// The caret moves from block to block without any event of focus. The editor has to
// read where it went before it is asked for marks: else it would put it back.
function followCaret() {
  clearTimeout(following)
  following = setTimeout(() => {
    const editor = document.querySelector(".ProseMirror")
    if (document.activeElement === editor) attend(getSelection().anchorNode)
  })
}

// What an element of either side stands for: fields of a story, seen from one side.
function linksOf(target) {
  const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement
  const line = element?.closest(".source .line")
  if (line) return linksOfLine(element, line)
  const found = stories.flatMap((story) =>
    [...placesIn(story)]
      .filter(([, places]) => places.some((place) => place.contains(element)))
      .map(([field]) => ({ story, field })),
  )
  return found.length ? links(found, "story") : null
}

function linksOfLine(element, line) {
  const story = stories.find(({ element }) => element.contains(line))
  const named = element.closest("[data-field]")
  const pieces = named ? [named] : [...line.querySelectorAll("[data-field]")]
  const fields = [...new Set(pieces.map(fieldOf))]
  return fields.length ? links(fields.map((field) => ({ story, field })), "source") : null
}

function links(found, side) {
  const names = found.map(({ story, field }) => `${story.element.id} ${field}`)
  return { found, side, key: `${side} ${names}` }
}

function show() {
  const now = pointed ?? focused
  const elements = now ? now.found.flatMap(elementsOf) : []
  mark(elements)
  clearTimeout(scrolling)
  if (now?.side === "story") scrolling = setTimeout(bringIntoView, 120, now.found)
}

function elementsOf({ story, field }) {
  const pieces = story.pieces.get(field) ?? []
  return [...pieces, ...pieces.map((p) => p.closest(".line")), ...(placesIn(story).get(field) ?? [])]
}

// The editor draws its own blocks again when they change, so it is asked to mark them.
function mark(elements) {
  const all = blocksOfBody()
  const blocks = all.flatMap((block, index) => (elements.includes(block) ? [index] : []))
  for (const element of marked) element.classList.remove("is-marked")
  marked = elements.filter((element) => !all.includes(element))
  for (const element of marked) element.classList.add("is-marked")
  tellEditor("mark-blocks", blocks)
}

function tellEditor(type, detail) {
  document.querySelector(".ProseMirror")?.dispatchEvent(new CustomEvent(type, { detail }))
}

// Scrolls the pane alone, and only where it scrolls by itself.
function bringIntoView(found) {
  const lines = found
    .flatMap(({ story, field }) => story.pieces.get(field) ?? [])
    .map((piece) => piece.closest(".line"))
    .filter((line) => line.checkVisibility?.() ?? line.offsetParent)
  if (!lines.length || getComputedStyle(source).overflowY !== "auto") return
  const pane = source.getBoundingClientRect()
  const boxes = lines.map((line) => line.getBoundingClientRect())
  const counts = lines[0].closest(".source__story").querySelector(".source__counts")
  const above = Math.max(pane.top, 0) + counts.offsetHeight
  const below = Math.min(pane.bottom, innerHeight)
  if (boxes.some((box) => box.top >= above && box.bottom <= below)) return
  const top = boxes[0].top - above - (below - above) / 3
  source.scrollBy({ top, behavior: isCalm.matches ? "instant" : "smooth" })
}

// A field's name leads to its place, and the caret goes there.
function goThere(event) {
  const link = event.target.closest("a[data-field]")
  if (!link) return
  const story = stories.find(({ element }) => element.contains(link))
  const [place] = placesIn(story).get(fieldOf(link)) ?? []
  event.preventDefault()
  if (!place) return
  for (const folded of ancestors(place, "details")) folded.open = true
  const block = blocksOfBody().indexOf(place)
  const input = place.closest(".ProseMirror") ?? place.querySelector(":is(input, textarea, select):not([type=hidden])")
  if (block >= 0) tellEditor("go-to-block", block)
  input.focus({ preventScroll: true })
  const behavior = isCalm.matches ? "instant" : "smooth"
  place.scrollIntoView({ block: "center", behavior })
}

function ancestors(element, selector) {
  const above = element.parentElement?.closest(selector)
  return above ? [above, ...ancestors(above, selector)] : []
}

// A doubt has a box in the list and one on its line: both say the same.
function settleBoth({ target }) {
  if (target.name !== "dismissed") return
  for (const box of document.getElementsByName("dismissed")) {
    if (box.value === target.value) box.checked = target.checked
  }
}
