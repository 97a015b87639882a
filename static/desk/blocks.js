// The blocks of a body that the editor does not know by itself.
import { captionPicture, captionRows, captionText, isWritten, keyOf } from "./caption_rows.js"

// A box beside the text: paragraphs in an aside.
export function makeBox({ Node }, words) {
  return Node.create({
    name: "box",
    group: "block",
    content: "paragraph+",
    defining: true,
    parseHTML: () => [{ tag: "aside" }],
    renderHTML: () => ["aside", 0],
    addMenuItems({ menu, buttons }) {
      menu.defineItem({
        name: "box",
        groups: "nodes",
        button: buttons.material("crop_16_9", words.box),
        active: (editor) => editor.isActive("box"),
        enabled: (editor) => editor.can().toggleWrap("box"),
        command: (editor) => editor.chain().focus().toggleWrap("box").run(),
      })
    },
  })
}

// A picture's place in the body: an empty figure that names its caption by key.
export function makePicture({ Node, updateAttrsDialog }, words) {
  return Node.create({
    name: "picture",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({
      caption: { parseHTML: (element) => element.dataset.caption },
    }),
    parseHTML: () => [{ tag: "figure[data-caption]" }],
    renderHTML: ({ node }) => ["figure", { "data-caption": node.attrs.caption }],
    addNodeView: () => (props) => pictureView(props.node, words),
    addMenuItems({ menu, buttons }) {
      menu.defineItem({
        name: "picture",
        groups: "nodes",
        button: buttons.material("add_photo_alternate", words.place),
        enabled: (editor) => unplaced(editor).length > 0,
        command: (editor) => place(editor, updateAttrsDialog, words),
      })
      menu.defineItem({
        name: "removePicture",
        groups: "nodes",
        button: buttons.material("hide_image", words.remove),
        hidden: (editor) => !editor.isActive("picture"),
        command: (editor) => editor.chain().focus().deleteSelection().run(),
      })
    },
  })
}

function pictureView(node, words) {
  const dom = document.createElement("figure")
  const listening = new AbortController()
  const draw = () => {
    const text = captionText(node.attrs.caption) || words.noCaption
    const picture = captionPicture(node.attrs.caption)
    dom.replaceChildren(...(picture ? [thumbnail(picture)] : []), label(text))
  }
  const label = (text) => {
    const span = document.createElement("span")
    span.textContent = `${words.picture}: ${text}`
    return span
  }
  dom.className = "picture-place"
  dom.dir = "auto"
  draw()
  const options = { signal: listening.signal }
  document.addEventListener("input", draw, options)
  return { dom, destroy: () => listening.abort() }
}

function thumbnail(address) {
  const picture = document.createElement("img")
  picture.className = "picture-place__picture"
  picture.src = address
  picture.alt = ""
  picture.draggable = false
  return picture
}

function unplaced(editor) {
  const placed = new Set()
  editor.state.doc.forEach((node) => placed.add(node.attrs.caption))
  return captionRows().filter((row) => isWritten(row) && !placed.has(keyOf(row)))
}

async function place(editor, updateAttrsDialog, words) {
  const rows = unplaced(editor)
  const names = rows.map((row, i) => `${i + 1}. ${captionText(keyOf(row)) || words.noCaption}`)
  const caption = { title: words.caption, enum: names }
  const dialog = updateAttrsDialog({ caption }, { title: words.place })
  const chosen = rows.length > 1 ? await ask(dialog, editor) : { caption: names[0] }
  const row = chosen && rows[names.indexOf(chosen.caption)]
  if (!row) return
  const node = { type: "picture", attrs: { caption: keyOf(row) } }
  editor.chain().focus().insertContent(node).run()
}

// The package gives its list a value before it has options, so none is chosen.
function ask(dialog, editor) {
  const answer = dialog(editor, {})
  for (const list of document.querySelectorAll("dialog[open] select")) {
    list.selectedIndex = 0
  }
  return answer
}
