// Says who else has the story open, and that a colleague has saved it, as the desk's
// beat tells. What was said already is not said again: a reader of screens would.

const form = document.querySelector("#article_form")
const place = form.querySelector("[data-colleagues]")
const others = place.querySelector("[data-others]")
const saved = place.querySelector("[data-saved]")
const list = new Intl.ListFormat(document.documentElement.lang)

form.addEventListener("desk:beat", ({ detail }) => {
  const names = list.format(detail.others)
  say(others, names && others.dataset.others.replace("%s", () => names))
  const words = saved.dataset.saved.replace(/%\((\w+)\)s/g, (_, part) => detail.saved?.[part])
  say(saved, detail.saved && words)
})

function say(line, words) {
  if (line.textContent !== (words || "")) line.textContent = words || ""
}
