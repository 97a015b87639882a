// Paste and drop into the body: the words of any program, cleaned, and pictures, which
// go to the photos at once and get a caption. Says below the body what was left out.
import { newKey } from "./caption_rows.js"
import { MOST_PICTURES, cleanPaste, isOwn } from "./clean_paste.js"
import { paragraphsOfText, withoutUnseen } from "./pasted_words.js"

const PICTURE_NAME = /\.(avif|gif|hei[cf]|jpe?g|png|webp)$/i
const FIGURE = /<figure data-picture="(\d+)"><\/figure>/g

export function makePaste({ Extension, Plugin, pm }, words, news) {
  const plugin = () => new Plugin({ props: handlers(pm, words, news) })
  return Extension.create({ name: "cleanPaste", addProseMirrorPlugins: () => [plugin()] })
}

function handlers({ model, transform }, words, news) {
  let isForeign = false
  return {
    transformPastedHTML(html, view) {
      isForeign = !isOwn(html)
      const { html: clean, pictures, left } = cleanPaste(html)
      const keys = pictures.map(({ source, text }) => sendPicture(fileOf(source), text, view))
      say(left)
      return clean.replace(FIGURE, (_, number) => figure(keys[number]))
    },
    // Words go on with the paragraph they are pasted into; a list or heading stands alone.
    transformPasted(slice) {
      if (!isForeign) return slice
      isForeign = false
      const { content, openStart, openEnd } = slice
      const isWords = (node) => !node || node.isInline || node.type.name === "paragraph"
      const start = isWords(content.firstChild) ? openStart : 0
      return new model.Slice(content, start, isWords(content.lastChild) ? openEnd : 0)
    },
    clipboardTextParser(text, context) {
      isForeign = false
      say({})
      return new model.Slice(paragraphs(text, context), 1, 1)
    },
    handlePaste(view, { clipboardData }, slice) {
      const files = [...clipboardData.files]
      const name = clipboardData.getData("text/plain").trim()
      // Programs add a picture of the words; some systems the name of the file.
      const isFile = slice.content.size === 0 || files.some((file) => file.name === name)
      if (!files.length || !isFile) return false
      const { state } = view
      view.dispatch(state.tr.replaceSelection(pictures(files, view)).scrollIntoView())
      return true
    },
    handleDrop(view, event, slice) {
      const files = [...event.dataTransfer.files]
      if (!files.length || slice?.content.size) return false
      // Otherwise the browser would open the file and leave the form.
      event.preventDefault()
      const inserted = pictures(files, view)
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? 0
      const place = transform.dropPoint(view.state.doc, at, inserted) ?? at
      view.dispatch(view.state.tr.replace(place, place, inserted).scrollIntoView())
      return true
    },
  }

  function pictures(files, view) {
    const all = files.filter(isPicture)
    const ours = all.slice(0, MOST_PICTURES)
    say({ files: files.length - all.length, tooMany: all.length - ours.length })
    const { picture } = view.state.schema.nodes
    const nodes = ours.map((file) =>
      picture.create({ caption: sendPicture(file, "", view) }),
    )
    return new model.Slice(model.Fragment.from(nodes), 0, 0)
  }

  function paragraphs(text, context) {
    const { schema } = context.doc.type
    const marks = context.marks()
    const ofLine = (line, at) => [
      ...(at ? [schema.nodes.hardBreak.create()] : []),
      ...(line ? [schema.text(line, marks)] : []),
    ]
    const written = paragraphsOfText(text).map((lines) =>
      schema.nodes.paragraph.create(null, lines.flatMap(ofLine)),
    )
    return model.Fragment.from(written)
  }

  function say(left) {
    const kinds = Object.entries(words.left).filter(([kind]) => left[kind])
    const parts = kinds.map(([kind, name]) => `${name} (${left[kind]})`)
    news.textContent = parts.length ? words.leftOut.replace("%s", parts.join(", ")) : ""
  }
}

// Some systems know no type of a file; the server judges by what is in it.
function isPicture({ name, type }) {
  return type ? type.startsWith("image/") : PICTURE_NAME.test(name)
}

// The row of the caption is made at once; the editor goes on writing where it was.
function sendPicture(file, text, view) {
  if (!file) return undefined
  const key = newKey()
  const detail = { file, text, key }
  document.querySelector('[data-parts="captions"]').dispatchEvent(
    new CustomEvent("pasted-picture", { detail }),
  )
  view.focus()
  return key
}

function figure(key) {
  return key ? `<figure data-caption="${key}"></figure>` : ""
}

function fileOf(source) {
  const [, type, coded, data] = /^data:(image\/[\w.+-]+)[^,]*?(;base64)?,(.*)$/is.exec(source) ?? []
  try {
    const bytes = coded ? atob(data.replace(/\s/g, "")) : decodeURIComponent(data)
    const numbers = Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))
    return new File([numbers], `pasted.${type.slice(6)}`, { type })
  } catch {
    return undefined
  }
}

// Other fields take plain text, without what nobody can see.
export function cleanPlainPastes(form) {
  form.addEventListener("paste", (event) => {
    if (!event.target.matches("textarea, input")) return
    const pasted = event.clipboardData.getData("text/plain")
    const clean = withoutUnseen(pasted)
    if (clean === pasted) return
    event.preventDefault()
    // The one way that leaves it to be undone.
    document.execCommand("insertText", false, clean)
  })
}
