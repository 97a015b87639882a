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
  published: ["id_published_0"],
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
  const captions = rows("captions")
  match(fieldsOf("highlight"), rows("highlights"), (row) => textOf(row, "text"))
  match(fieldsOf("caption"), captions, (row) => textOf(row, "text"))
  match(fieldsOf("body"), blocksOfBody(), textOfBlock)
  // A credit belongs to its caption; where there are no other words, it is the caption.
  const isAlone = (field) => !places.has(captionOf(field))
  for (const field of fieldsOf("credit")) places.set(field, places.get(captionOf(field)))
  const wordless = captions.filter((row) => !textOf(row, "text"))
  match(fieldsOf("credit").filter(isAlone), wordless, (row) => textOf(row, "credit"))
  return places

  function fieldsOf(kind) {
    return [...readings.keys()].filter((field) => kindOf(field) === kind)
  }

  function match(fields, elements, text) {
    const found = recognise(fields.map((field) => readings.get(field)), elements.map(text))
    fields.forEach((field, i) => places.set(field, found[i].map((at) => elements[at])))
  }
}

function captionOf(credit) {
  return credit.replace("credit", "caption")
}

function textOfBlock(block) {
  return block.matches("figure") ? "" : block.innerText
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
