// The dialog in which a photo is found among those at hand.
import { readAnswer } from "./upload_photo.js"

const template = document.querySelector("template[data-chooser]")
// Outside the article's form, which would otherwise send the words that were sought.
document.body.append(template.content.cloneNode(true))
const dialog = document.querySelector("dialog.chooser")
const input = dialog.querySelector("[type=search]")
const list = dialog.querySelector(".chooser__photos")
const news = dialog.querySelector(".chooser__news")
const more = dialog.querySelector("[data-more]")
let latest = 0
let choose

input.addEventListener("input", () => find())
more.addEventListener("click", () => find(more.dataset.before))
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close())
dialog.addEventListener("close", () => choose())

// Resolves to the photo, or to nothing when the dialog was closed.
export function choosePhoto() {
  input.value = ""
  dialog.showModal()
  input.focus()
  find()
  return new Promise((resolve) => (choose = resolve))
}

async function find(before = "") {
  const number = ++latest
  const query = new URLSearchParams({ q: input.value, before })
  const found = await readAnswer(() => fetch(`${template.dataset.chooser}?${query}`))
  // What was asked for later may have come first.
  if (number === latest) show(found, before)
}

function show(found, before) {
  const items = (found?.photos ?? []).map(drawn)
  const focused = list.contains(document.activeElement) && document.activeElement.value
  if (before) list.append(...items)
  else list.replaceChildren(...items)
  if (before) items[0]?.querySelector("button").focus()
  // Who tabbed on before the last letters were answered stays at their photo.
  else if (focused) (list.querySelector(`[value="${focused}"]`) ?? input).focus()
  more.hidden = !found?.more
  more.dataset.before = found?.more ?? ""
  news.textContent = found ? (items.length ? "" : news.dataset.none) : news.dataset.failed
}

function drawn(photo) {
  const item = document.createElement("li")
  const button = document.createElement("button")
  const picture = document.createElement("img")
  const name = document.createElement("bdi")
  const credit = document.createElement("bdi")
  button.type = "button"
  button.value = photo.sha256
  button.className = "chooser__photo"
  picture.src = photo.thumbnail
  picture.alt = ""
  name.textContent = photo.caption || photo.name
  credit.textContent = photo.credit
  credit.className = "chooser__credit"
  button.append(picture, name, credit)
  button.addEventListener("click", () => {
    choose(photo)
    dialog.close()
  })
  item.append(button)
  return item
}
