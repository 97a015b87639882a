// Turns the textarea of the body into an editor that knows the grammar of
// articles/story/body.py and nothing else. Without it the textarea shows the HTML.
import { makeBox, makePicture } from "./blocks.js"
import { makeBlockDecorations } from "./block_decorations.js"
import { cleanPlainPastes, makePaste } from "./paste.js"

for (const textarea of document.querySelectorAll("textarea[data-editor]")) {
  const prose = await import(textarea.dataset.editor)
  openEditor(prose, textarea, JSON.parse(textarea.dataset.words))
}

function openEditor(prose, textarea, words) {
  const element = document.createElement("div")
  element.className = "prose-editor"
  textarea.before(element)
  element.append(textarea)
  const news = document.createElement("p")
  news.className = "body-news"
  news.setAttribute("role", "status")
  element.after(news)
  const asSaved = textarea.value
  const editor = new prose.Editor({
    element,
    content: asSaved,
    extensions: [...grammar(prose, words), makePaste(prose, words, news)],
    // Its style stands in editor.css: the page's policy refuses injected ones.
    injectCSS: false,
    editorProps: {
      attributes: {
        "aria-label": words.body,
        "aria-multiline": "true",
        lang: textarea.lang,
        role: "textbox",
      },
    },
    onUpdate() {
      const isAsOpened = editor.state.doc.eq(opened)
      textarea.value = isAsOpened ? asSaved : editor.getHTML()
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  const opened = editor.state.doc
  cleanPlainPastes(textarea.form)
  textarea.dispatchEvent(new Event("desk:opened"))
}

function grammar(prose, words) {
  return [
    prose.Document,
    prose.Paragraph,
    prose.Text,
    prose.HardBreak,
    prose.Heading.configure({ levels: [2] }),
    prose.Blockquote.extend({ content: "paragraph+" }),
    prose.BulletList,
    prose.OrderedList.configure({ enableListAttributes: false }),
    makeListItem(prose),
    makeBox(prose, words),
    makePicture(prose, words),
    makeLink(prose, words),
    makeBlockDecorations(prose),
    prose.Bold,
    prose.Italic,
    prose.History,
    prose.Gapcursor,
    prose.Dropcursor,
    prose.SpecialCharacters,
    prose.Menu.configure({
      groups: ["nodes", "marks", "link", "history"].map((group) => ({ group })),
    }),
  ]
}

// A list within a list has none within, and from there Tab leads on as elsewhere.
function makeListItem({ ListItem }) {
  return ListItem.extend({
    content: "paragraph (bulletList | orderedList)*",
    addKeyboardShortcuts() {
      const sink = () => {
        const { $from } = this.editor.state.selection
        return $from.depth < 4 && this.editor.commands.sinkListItem(this.name)
      }
      return { ...this.parent(), Tab: sink }
    },
  })
}

// The package's link also asks for a title and a window, which a body does not hold.
function makeLink({ Link, updateAttrsDialog }, words) {
  const ask = updateAttrsDialog(
    { href: { type: "string", title: words.address, required: true } },
    { title: words.link },
  )
  return Link.configure({ autolink: false }).extend({
    addCommands() {
      return {
        ...this.parent(),
        addLink: () => ({ editor }) => {
          ask(editor, editor.getAttributes("link")).then((answer) => {
            if (!answer) return
            link(editor, withScheme(answer.href.trim()))
          })
          return true
        },
      }
    },
  })
}

// The caret stands behind the link: what is typed next is no part of it.
function link(editor, href) {
  const chain = editor.chain().focus().extendMarkRange("link").setLink({ href })
  chain.command(({ tr, commands }) => commands.setTextSelection(tr.selection.to)).run()
}

function withScheme(address) {
  return /^(https?:|mailto:|\/)/i.test(address) ? address : `https://${address}`
}
