// Lets the page mark blocks of the body: by decorations, which are no part of the
// document, so what would be saved stays as it is.

export function makeBlockDecorations({ Extension, Plugin, pm }) {
  return Extension.create({
    name: "marking",
    addProseMirrorPlugins: () => [makePlugin(Plugin, pm)],
  })
}

function makePlugin(Plugin, { state, view }) {
  const { Decoration, DecorationSet } = view
  return new Plugin({
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, marked) {
        const blocks = transaction.getMeta("marked blocks")
        if (!blocks) return marked.map(transaction.mapping, transaction.doc)
        return DecorationSet.create(transaction.doc, decorations(transaction.doc, blocks))
      },
    },
    props: {
      decorations(state) {
        return this.getState(state)
      },
      handleDOMEvents: {
        "mark-blocks"(view, { detail }) {
          view.dispatch(view.state.tr.setMeta("marked blocks", detail))
        },
        "go-to-block"(view, { detail }) {
          const { tr } = view.state
          const inside = tr.doc.resolve(startOf(tr.doc, detail) + 1)
          view.dispatch(tr.setSelection(state.TextSelection.near(inside)))
        },
      },
    },
  })

  function decorations(doc, blocks) {
    return blocks.filter((index) => index < doc.childCount).map((index) => {
      const start = startOf(doc, index)
      const end = start + doc.child(index).nodeSize
      return Decoration.node(start, end, { class: "is-marked" })
    })
  }
}

function startOf(doc, index) {
  let start = 0
  for (let before = 0; before < index; before++) start += doc.child(before).nodeSize
  return start
}
