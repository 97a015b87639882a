// Reads what another program put on the clipboard into the body's grammar, as an editor
// would have typed it: a pure function of the string, over a document that nobody sees.
import { inertHtml, readStyles } from "./pasted_styles.js"
import { printParagraphs } from "./pasted_words.js"

// What the desk's own editor copies, and what systems put around it.
const OWN = "p|h2|ul|ol|li|blockquote|aside|figure|a|strong|em|br|meta|html|body"
const OWN_ATTRIBUTE = "data-pm-slice|data-caption|data-type|href|charset"
const OWN_TAG = new RegExp(
  `^</?(${OWN})(\\s+(${OWN_ATTRIBUTE})=("[^"]*"|'[^']*'))*\\s*>$`,
  "i",
)
const HEADING = /^H[1-6]$/
const BLOCK = new RegExp(
  "^(P|DIV|SECTION|ARTICLE|HEADER|FOOTER|MAIN|NAV|LI|DL|DT|DD|PRE|TABLE|CAPTION|THEAD|" +
    "TBODY|TFOOT|TR|TD|TH|ADDRESS|DETAILS|SUMMARY|FIELDSET|FORM|FIGURE|FIGCAPTION|HR|" +
    "CENTER|UL|OL|BLOCKQUOTE|ASIDE|H[1-6])$",
)
// Nothing in these was written to be read.
const NO_WORDS = new RegExp(
  "^(SCRIPT|STYLE|HEAD|TITLE|META|LINK|NOSCRIPT|TEMPLATE|IFRAME|OBJECT|EMBED|SVG|CANVAS|" +
    "VIDEO|AUDIO|BUTTON|SELECT|INPUT|TEXTAREA|MAP|XML)$",
)
const BOLD = /^(B|STRONG)$/
const ITALIC = /^(I|EM|CITE|DFN|VAR)$/
const LIST = /^[UO]L$/i
const COMMENT_MARK = /\b(MsoCommentReference|msocomanchor)\b/
const DELETED = /\b(msoDel|TrackChange\w*Delet\w*)\b/i
const NUMBER = /^\(?(\p{Nd}+|[a-z]{1,5})[.)]/iu
// A list in a mail has no more of Word's lists than a bullet and a gap.
const TYPED_BULLET = /^\s*([·•§▪◦■o\uf0a7\uf0b7–-]|\(?\w{1,4}[.)])[\s\u00a0]{2,}/u
const FIRST_TAG = /<(?!(?:meta|html|head|body)\b)([a-z]+)/i
const TABLE_PART = /^(tr|td|th|tbody|thead|tfoot|col|colgroup)$/i
const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f]+$/u
// Each is sent and opened on its own.
export const MOST_PICTURES = 40
const WITHIN_CELL = "table, h1, h2, h3, h4, h5, h6, ul, ol, blockquote"

// Returns the body's HTML, in which a picture is <figure data-picture=NUMBER>; the
// pictures; and how much of what was left out.
export function cleanPaste(html) {
  if (isOwn(html)) return { html, pictures: [], left: {} }
  const styles = readStyles(html)
  // Rows without their table would lose what parts their cells.
  const isRows = TABLE_PART.test(FIRST_TAG.exec(html)?.[1])
  const inert = (isRows ? "<table>" : "") + inertHtml(html)
  const { body } = new DOMParser().parseFromString(inert, "text/html")
  const reader = new Reader(styles)
  reader.readAll(body, {})
  reader.endParagraph()
  return { html: reader.print(), pictures: reader.pictures, left: reader.leftOut() }
}

// Other programs have the same editor, and a page may say that it has: what is not
// cleaned has no tag and no attribute but those of a body.
export function isOwn(html) {
  const tags = html.match(/<[/a-z][^>]*>?/gi) ?? []
  return html.includes("data-pm-slice") && tags.every((tag) => OWN_TAG.test(tag))
}

class Reader {
  blocks = []
  pictures = []
  left = {}
  runs = []
  waiting = []
  captions = new Set()
  // Where the words stand: a heading, a list, a quotation or none of these.
  place = {}

  constructor(styles) {
    this.styleOf = styles
  }

  readAll(element, marks) {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) this.addText(node.data, marks)
      else if (node.nodeType === Node.ELEMENT_NODE) this.read(node, marks)
    }
  }

  read(element, marks) {
    const tag = element.tagName.toUpperCase()
    const style = this.styleOf(element)
    if (NO_WORDS.test(tag) || this.captions.has(element) || this.leaveOut(element, style)) {
      return
    }
    if (tag === "BR") return this.runs.push({ text: "\n", ...marks })
    if (tag === "IMG") return this.addPicture(element)
    const inner = this.marksOf(element, tag, style, marks)
    if (!BLOCK.test(tag) && !style.isBlock) return this.readAll(element, inner)
    this.endParagraph()
    const outer = this.place
    this.place = this.placeOf(element, tag, style)
    if (tag === "TABLE" && isOfCells(element)) this.addRows(element, inner)
    else this.readAll(element, inner)
    this.endParagraph()
    this.place = outer
  }

  leaveOut(element, style) {
    const kind = this.whyLeftOut(element, style)
    if (!kind) return false
    // A deletion often comes in pieces.
    const goesOn = /deleted|hidden/.test(kind) && this.lastLeft === kind
    if (/[^\s\u00a0]/.test(element.textContent) && !goesOn) {
      this.count(kind, element.querySelectorAll(".msocomtxt").length || 1)
      this.lastLeft = kind
    }
    return true
  }

  whyLeftOut(element, style) {
    const name = element.getAttribute("class") ?? ""
    if (style.isMarker) return "markers"
    if (style.isComment || isDocsComment(element)) return "comments"
    if (style.isCommentMark || COMMENT_MARK.test(name) || isDocsCommentMark(element)) {
      return "commentMarks"
    }
    if (style.isStruck || DELETED.test(name) || /^(DEL|S|STRIKE)$/.test(element.tagName)) {
      return "deleted"
    }
    return style.isHidden || element.hasAttribute("hidden") ? "hidden" : ""
  }

  count(kind, number = 1) {
    this.left[kind] = (this.left[kind] ?? 0) + number
  }

  // Of a comment its mark in the text and its words may be there, or one of them.
  leftOut() {
    const { markers, commentMarks = 0, comments = 0, ...left } = this.left
    const most = Math.max(commentMarks, comments)
    return most ? { ...left, comments: most } : left
  }

  marksOf(element, tag, style, marks) {
    const inner = {
      ...marks,
      bold: style.bold ?? (BOLD.test(tag) || marks.bold),
      italic: style.italic ?? (ITALIC.test(tag) || marks.italic),
      raised: style.raised ?? ({ SUP: "super", SUB: "sub" }[tag] || marks.raised),
      isPre: style.isPre ?? (tag === "PRE" || marks.isPre),
    }
    if (tag === "A" && element.hasAttribute("href")) {
      inner.href = this.addressOf(element.getAttribute("href"), element)
    }
    return inner
  }

  addressOf(written, element) {
    const address = ownAddress(written)
    const isWithin = written.trim().startsWith("#")
    const hasWords = /[^\s\u00a0]/.test(element.textContent)
    if (!address && !isWithin && hasWords) this.count("links")
    return address
  }

  placeOf(element, tag, style) {
    const { container, inner } = this.place
    const name = element.getAttribute("class") ?? ""
    if (tag === "LI") {
      return { container: container ?? newList("ul"), inner, item: { inner } }
    }
    if (LIST.test(tag)) {
      const list = tag.toLowerCase()
      return container ? { container, inner: inner ?? list, item: {} } : this.listOf(element, list)
    }
    if (container) return this.place
    if (isHeading(element, tag, name, style)) return { isHeading: true }
    if (style.list) return this.wordItem(element, style.list)
    if (/MsoListParagraph/.test(name)) return this.listParagraph(element)
    if (tag === "BLOCKQUOTE" && !style.isIndent) return { container: { tag: "blockquote" } }
    if (tag === "ASIDE") return { container: { tag: "aside" } }
    if (/\bMso(Intense)?Quote\b/.test(name)) return { container: this.wordQuote() }
    return { isHeading: this.place.isHeading }
  }

  // Word online gives each item a list of its own, and numbers that belong together.
  listOf(element, list) {
    const item = element.querySelector("li[data-listid], li[data-aria-level]")
    if (!item) return { container: newList(list) }
    const { listid = list, ariaLevel = 1 } = item.dataset
    return this.itemOf(`online ${listid}`, Number(ariaLevel), list)
  }

  wordItem(element, [id, level]) {
    const marker = [...element.querySelectorAll("[data-style]")].find(
      (inner) => this.styleOf(inner).isMarker,
    )
    return this.itemOf(id, level, tagOf(marker?.textContent.trim() ?? ""))
  }

  // Without a bullet it is one more paragraph of the item before it.
  listParagraph(element) {
    const bullet = TYPED_BULLET.exec(element.textContent)
    if (bullet) {
      this.skipped = bullet[0].length
      return this.itemOf("typed", 1, tagOf(bullet[1]))
    }
    const { container, item } = this.blocks.at(-1) ?? {}
    return container?.id && LIST.test(container.tag) ? { container, item } : {}
  }

  // An item goes on with the list just before it; one of a deeper level always does, and
  // is in a list within it.
  itemOf(id, level, tag) {
    const before = this.blocks.at(-1)?.container
    const isList = before?.id && LIST.test(before.tag)
    const goesOn = isList && (level > 1 || before.id === id)
    const inner = goesOn && level > 1 ? tag : undefined
    return { container: goesOn ? before : newList(tag, id), inner, item: { inner } }
  }

  wordQuote() {
    const before = this.blocks.at(-1)?.container
    return before?.id === "quote" ? before : { tag: "blockquote", id: "quote" }
  }

  addText(text, { raised, ...marks }) {
    let words = text
    if (this.skipped) {
      words = text.slice(this.skipped)
      this.skipped = Math.max(0, this.skipped - text.length)
    }
    if (!marks.isPre) words = words.replace(/[ \t\r\n\f]+/g, " ")
    if (words.trim()) this.lastLeft = undefined
    if (words) this.runs.push({ text: raised ? raise(words, raised) : words, ...marks })
  }

  addPicture(element) {
    const source = element.getAttribute("src") ?? ""
    const other = element.getAttribute("alt") ?? ""
    if (EMOJI.test(other)) return this.addText(other, {})
    if (isOrnament(element)) return
    const isHere = /^data:image\/(?!svg)/i.test(source) && !element.dataset.src
    if (!isHere) return this.count("pictures")
    if (this.pictures.length === MOST_PICTURES) return this.count("tooMany")
    const caption = element.closest("figure")?.querySelector("figcaption")
    if (caption) this.captions.add(caption)
    const text = caption?.textContent.replace(/\s+/g, " ").trim() ?? ""
    this.waiting.push({ picture: this.pictures.push({ source, text }) - 1 })
  }

  // Each row is a line whose cells are parted: the body's grammar has no tables.
  addRows(table, marks) {
    this.count("tables")
    if (table.caption) this.read(table.caption, marks)
    for (const row of table.rows) {
      if (this.leaveOut(row, this.styleOf(row))) continue
      const cells = [...row.cells].map((cell) => this.readCell(cell, marks))
      while (cells.length && !hasWords(cells.at(-1))) cells.pop()
      this.runs = cells.flatMap((cell, at) => (at ? [{ text: " | " }, ...cell] : cell))
      this.endParagraph()
    }
  }

  readCell(cell, marks) {
    this.runs = []
    const style = this.styleOf(cell)
    if (!this.leaveOut(cell, style)) {
      this.isInCell = true
      this.readAll(cell, this.marksOf(cell, "TD", style, marks))
      this.isInCell = false
    }
    const runs = this.runs.map((run) => (run.text === "\n" ? { ...run, text: " " } : run))
    this.runs = []
    return runs
  }

  endParagraph() {
    if (this.isInCell) {
      this.runs.push({ text: " " })
      return
    }
    const { container, item, isHeading } = this.place
    if (this.runs.length) {
      for (const html of printParagraphs(this.runs, { isHeading })) {
        this.blocks.push({ html, container, item: item ?? {}, isHeading })
      }
    }
    this.blocks.push(...this.waiting)
    this.runs = []
    this.waiting = []
  }

  print() {
    const printed = []
    for (let at = 0; at < this.blocks.length; ) {
      const { container, html, isHeading, picture } = this.blocks[at]
      if (container) {
        const start = at
        while (this.blocks[at]?.container === container) at++
        printed.push(printContainer(container.tag, this.blocks.slice(start, at)))
        continue
      }
      at++
      if (picture !== undefined) printed.push(`<figure data-picture="${picture}"></figure>`)
      else printed.push(isHeading ? `<h2>${html}</h2>` : `<p>${html}</p>`)
    }
    return printed.join("")
  }
}

function newList(tag, id) {
  return { tag, id }
}

function printContainer(tag, blocks) {
  if (!LIST.test(tag)) {
    return `<${tag}>${blocks.map(({ html }) => `<p>${html}</p>`).join("")}</${tag}>`
  }
  const items = []
  blocks.forEach(({ html, item }, at) => {
    if (at && blocks[at - 1].item === item) items.at(-1).parts.push(html)
    else items.push({ parts: [html], inner: items.length ? item.inner : undefined })
  })
  let printed = ""
  items.forEach(({ parts, inner }, at) => {
    const [before, after] = [items[at - 1]?.inner, items[at + 1]?.inner]
    if (inner && inner !== before) printed += `<${inner}>`
    printed += `<li><p>${parts.join("<br>")}</p>${inner ? "</li>" : ""}`
    if (inner && inner !== after) printed += `</${inner}>`
    if (!after) printed += "</li>"
  })
  return `<${tag}>${printed}</${tag}>`
}

function hasWords(runs) {
  return runs.some(({ text }) => /[^\s\u00a0]/.test(text))
}

// A table that only arranges a page holds blocks, or one cell a row.
function isOfCells(table) {
  if (/^(presentation|none)$/.test(table.getAttribute("role"))) return false
  if (table.querySelector(WITHIN_CELL)) return false
  return [...table.rows].some((row) => row.cells.length > 1)
}

function isHeading(element, tag, name, style) {
  return (
    HEADING.test(tag) ||
    element.getAttribute("role") === "heading" ||
    /\bMso(Title|Heading\d)\b/.test(name) ||
    style.isHeading
  )
}

function tagOf(marker) {
  return NUMBER.test(marker) ? "ol" : "ul"
}

// In a document that Google exported a comment stands at its end, and a letter in the
// text leads to it.
function isDocsComment(element) {
  const link = element.tagName === "DIV" && element.firstElementChild?.firstElementChild
  return link && /^#cmnt_ref/.test(link.getAttribute("href"))
}

function isDocsCommentMark(element) {
  return element.tagName === "A" && /^#cmnt\d/.test(element.getAttribute("href"))
}

// Boxes to tick, the dots by which a mail is watched, and what stands for a picture
// that has yet to come.
function isOrnament(element) {
  const sides = ["width", "height"].map((side) => element.getAttribute(side))
  const isDot = sides.some((side) => side !== null && parseFloat(side) <= 3)
  const source = element.dataset.src || element.getAttribute("src") || ""
  const isEmpty = /^data:image\/gif/i.test(source) && source.length < 200
  return isDot || !source || isEmpty || element.closest('[role="checkbox"]')
}

// A redirection says where it leads. Any other address must be whole: one that is
// relative to another's page leads nowhere here.
function ownAddress(written) {
  let address = written.trim().replace(/^\/\//, "https://")
  const asked = /^https?:\/\/(?:www\.google\.[a-z.]+\/url|l\.facebook\.com\/l\.php|[\w.-]+\.safelinks\.protection\.outlook\.com\/)\?/i
  if (asked.test(address)) {
    const question = new URLSearchParams(address.slice(address.indexOf("?")))
    const target = ["q", "url", "u"].map((name) => question.get(name)).find(isWhole)
    address = target ?? address
  }
  address = address.replace(/[\s\x00-\x1f\x7f]/g, encodeURIComponent)
  return isWhole(address) ? address : ""
}

function isWhole(address) {
  return /^(https?:\/\/.|mailto:.)/i.test(address ?? "")
}

const SUPER = { "-": "⁻", "−": "⁻", "–": "⁻", "+": "⁺", "=": "⁼", "(": "⁽", ")": "⁾", n: "ⁿ" }
const SUB = { "-": "₋", "−": "₋", "–": "₋", "+": "₊", "=": "₌", "(": "₍", ")": "₎", n: "ₙ" }
"⁰¹²³⁴⁵⁶⁷⁸⁹".split("").forEach((figure, number) => (SUPER[number] = figure))
"₀₁₂₃₄₅₆₇₈₉".split("").forEach((figure, number) => (SUB[number] = figure))

// Raised figures are letters of their own; raised letters are set as plain ones, and so
// is the number of a note.
function raise(text, how) {
  if (text.includes("[")) return text
  const hasLetters = /\p{L}/u.test(text.replace(/(?<!\p{L})n(?!\p{L})/gu, ""))
  const within = hasLetters ? /[\d+−-]/g : /[\d+−–=()n-]/g
  return text.replace(within, (sign) => (how === "super" ? SUPER : SUB)[sign])
}
