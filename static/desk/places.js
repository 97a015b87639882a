// The places of the form that a line of the source can have gone to: fields, rows of
// highlights and captions, blocks of the body.
import { recognise } from "./recognise.js"

const INPUTS = {
  headline: ["id_headline"],
  kicker: ["id_kicker"],
  section: ["id_section"],
  byline: ["id_bylines"],
  dateline: ["id_dateline"],
  updated: ["id_published_0", "id_updated_0"],
  short_url: ["id_source_short_url"],
}
const WIDGETS = ".ProseMirror-widget, .ProseMirror-gapcursor"

export function kindOf(field) {
  return field.replace(/ \d+$/, "")
}

export function blocksOfBody() {
  const blocks = document.querySelector(".ProseMirror")?.children ?? []
  return [...blocks].filter((block) => !block.matches(WIDGETS))
}

// The elements that each field went to; `readings` are its texts, line by line.
export function findPlaces(readings) {
  const places = new Map()
  for (const field of readings.keys()) {
    const inputs = INPUTS[kindOf(field)]
    if (inputs) places.set(field, inputs.map(rowOf).filter(Boolean))
  }
  match("highlight", rows("highlights"), (row) => textOf(row, "text"))
  match("caption", rows("captions"), (row) => textOf(row, "text"))
  match("body", blocksOfBody(), (block) => (block.matches("figure") ? "" : block.innerText))
  placeCredits()
  return places

  function match(kind, elements, text) {
    const fields = [...readings.keys()].filter((field) => kindOf(field) === kind)
    const found = recognise(fields.map((field) => readings.get(field)), elements.map(text))
    fields.forEach((field, i) => places.set(field, found[i].map((at) => elements[at])))
  }

  // A credit belongs to its caption; where there are no other words, it is the caption.
  function placeCredits() {
    for (const field of readings.keys()) {
      if (kindOf(field) !== "credit") continue
      const caption = places.get(field.replace("credit", "caption"))
      const alone = rows("captions").filter(
        (row) => !textOf(row, "text") && readings.get(field).includes(textOf(row, "credit")),
      )
      places.set(field, caption ?? alone)
    }
  }
}

function rows(parts) {
  const all = document.querySelectorAll(`[data-parts="${parts}"] .part`)
  return [...all].filter((row) => !row.closest("noscript, template"))
}

function textOf(row, name) {
  return row.querySelector(`[name$="-${name}"]`)?.value ?? ""
}

function rowOf(id) {
  return document.getElementById(id)?.closest(".fieldBox, .form-row")
}
