// Prints pasted words as paragraphs of the body's grammar: runs of text, each with its
// marks, in the one canonical way of articles/story/body.py.

const UNSEEN = /[\u00ad\u200b\u2060\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f]/g
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }

// Two breaks in a row part paragraphs.
export function printParagraphs(runs, { isHeading = false } = {}) {
  const words = tidySpaces(runs.map((run) => ({ ...run, text: withoutUnseen(run.text) })))
  const paragraphs = [[]]
  for (const token of tokens(words)) {
    const last = paragraphs.at(-1)
    const isBreak = token.text === "\n"
    if (isBreak && last.at(-1)?.text === "\n") {
      last.pop()
      paragraphs.push([])
    } else if (last.length || !isSpace(token.text)) {
      if (isBreak && last.at(-1)?.text === " ") last.pop()
      if (token.text !== " " || !isSpace(last.at(-1).text)) last.push(token)
    }
  }
  return paragraphs.map((paragraph) => print(trimEnd(paragraph), isHeading)).filter(Boolean)
}

// Words in one piece, single spaces at the edges of marks, and breaks.
function* tokens(runs) {
  for (const { text, ...marks } of runs) {
    for (const piece of text.split(/(\r?\n|[\v\u2028\u2029])/)) {
      if (/^(\r?\n|[\v\u2028\u2029])$/.test(piece)) {
        yield { text: "\n", marks }
        continue
      }
      const words = piece.replace(/[ \t\r\f]+/g, " ")
      if (words.startsWith(" ")) yield { text: " ", marks }
      if (/[^ ]/.test(words)) yield { text: words.replace(/^ | $/g, ""), marks }
      if (words.endsWith(" ")) yield { text: " ", marks }
    }
  }
}

function isSpace(text) {
  return text === " " || text === "\n"
}

function trimEnd(paragraph) {
  while (paragraph.length && isSpace(paragraph.at(-1).text)) paragraph.pop()
  return paragraph
}

// Programs write a space that holds words together for any space. It stays where print
// sets one: within figures, beside a quotation mark, before the signs of French.
function tidySpaces(runs) {
  const all = runs.map(({ text }) => text).join("")
  if (!all.includes("\u00a0")) return runs
  let at = 0
  return runs.map((run) => {
    const start = at
    at += run.text.length
    const tidy = (space, offset) => {
      const before = all[start + offset - 1] ?? " "
      const behind = all[start + offset + 1] ?? " "
      const isMeant =
        (/\p{Nd}/u.test(before) && /[\p{Nd}%‰€£$°]/u.test(behind)) ||
        (/[«‹]/.test(before) && /[^\s\u00a0]/.test(behind)) ||
        (/[;:!?»›]/.test(behind) && /[^\s\u00a0]/.test(before))
      return isMeant ? space : " "
    }
    return { ...run, text: run.text.replace(/\u00a0/g, tidy) }
  })
}

function print(paragraph, isHeading) {
  if (!paragraph.some(({ text }) => /[^\s\u00a0]/.test(text))) return ""
  const marks = paragraph.map((token) => startTags(token.marks, isHeading))
  shareMarks(paragraph, marks)
  const html = []
  let open = []
  paragraph.forEach(({ text }, at) => {
    open = change(html, open, marks[at])
    html.push(text === "\n" ? "<br>" : escape(text))
  })
  change(html, open, [])
  return html.join("")
}

function startTags({ href, bold, italic }, isHeading) {
  const tags = [href && `<a href="${escape(href).replaceAll('"', "&quot;")}">`]
  return [...tags, bold && !isHeading && "<strong>", italic && "<em>"].filter(Boolean)
}

// A space between words has the marks that both of them have.
function shareMarks(paragraph, marks) {
  let before = []
  paragraph.forEach(({ text }, at) => {
    if (!isSpace(text)) before = marks[at]
    else marks[at] = before
  })
  let behind = []
  for (let at = paragraph.length - 1; at >= 0; at--) {
    if (!isSpace(paragraph[at].text)) behind = marks[at]
    else marks[at] = marks[at].filter((tag) => behind.includes(tag))
  }
}

function change(html, open, wanted) {
  let shared = 0
  while (shared < open.length && open[shared] === wanted[shared]) shared++
  for (const tag of open.slice(shared).reverse()) html.push(`</${/\w+/.exec(tag)}>`)
  html.push(...wanted.slice(shared))
  return wanted
}

export function withoutUnseen(text) {
  return text.replace(UNSEEN, "")
}

function escape(text) {
  return text.replace(/[&<>]/g, (sign) => ESCAPES[sign])
}

// Paragraphs of plain text stand each on a line, or apart by empty lines; then lines
// of one width are only where a mail or a page broke them.
export function paragraphsOfText(text) {
  const lines = withoutUnseen(text).replace(/\r\n?|\u2029/g, "\n")
  if (!lines.includes("\n")) return [[lines]]
  if (!/\n[ \t]*\n/.test(lines.trim())) {
    return lines.trim().split("\n").map((line) => [line.trim()])
  }
  return lines.trim().split(/\n(?:[ \t]*\n)+/).map((paragraph) => {
    const own = paragraph.split(/[\n\v\u2028]/).map((line) => line.trim())
    const isBroken = own.length > 1 && own.slice(0, -1).every(isFull)
    return isBroken ? [own.join(" ")] : own
  })
}

function isFull({ length }) {
  return length >= 50 && length <= 85
}
