// Who wrote this? The sentence that is pointed at, or has the focus, and its note are
// marked together; pointing at a note marks its sentences. Links do the same by a click.
const origins = document.querySelector("[data-origins]")

for (const type of ["pointerover", "focusin"]) {
  origins.addEventListener(type, ({ target }) => mark(target))
}
origins.addEventListener("pointerleave", () => mark(document.activeElement))
origins.addEventListener("focusout", () => mark(null))

function mark(target) {
  const at = target?.closest(".origins__sentence, .origins__notes > li")
  const id = at?.hash?.slice(1) ?? at?.id
  for (const sentence of origins.querySelectorAll(".origins__sentence")) {
    const isMarked = at?.hash ? sentence === at : sentence.hash === `#${id}`
    sentence.classList.toggle("is-marked", isMarked)
  }
  for (const note of origins.querySelectorAll(".origins__notes > li")) {
    note.classList.toggle("is-marked", note.id === id)
  }
}
