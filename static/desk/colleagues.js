// Says who else has the form's row open, and that a colleague has saved it, as the desk's
// beat tells. What was said already is not said again: a reader of screens would.

const place = document.querySelector("[data-colleagues]")
const others = place.querySelector("[data-others]")
const saved = place.querySelector("[data-saved]")
const list = new Intl.ListFormat(document.documentElement.lang)

place.closest("form").addEventListener("desk:beat", ({ detail }) => {
  const names = list.format(detail.others)
  say(others, names && others.dataset.others.replace("%s", () => names))
  const said = detail.saved?.is_binned ? saved.dataset.binned : saved.dataset.saved
  const words = said.replace(/%\((\w+)\)s/g, (_, part) => detail.saved?.[part])
  say(saved, detail.saved && words)
})

function say(line, words) {
  if (line.textContent !== (words || "")) line.textContent = words || ""
}
