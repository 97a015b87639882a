// Pictures chosen or dropped are sent one by one, and each says what became of it.
// Without it the form sends them all together.
import { acceptDrops, uploadPhoto } from "./upload_photo.js"

const form = document.querySelector(".arrivals")
const input = form.querySelector("[type=file]")
const list = form.querySelector(".arrivals__list")

form.querySelector(".arrivals__drop").hidden = false
form.querySelector("[data-send]").hidden = true
input.addEventListener("change", () => keepAll([...input.files]))
acceptDrops(form, keepAll)

async function keepAll(files) {
  const arrivals = files.map((file) => [file, announce(file)])
  let last
  for (const [file, arrival] of arrivals) {
    last = await uploadPhoto(form.dataset.keep, file)
    show(arrival, last)
  }
  input.value = ""
  // One picture is described at once; of several, the editor chooses where to begin.
  if (files.length === 1 && last?.page) location.assign(last.page)
  else showGrid()
}

// The grid as it is now, with the pictures that have just come.
async function showGrid() {
  const grid = document.querySelector("#changelist-form")
  const page = grid && (await (await fetch(location)).text())
  const now = page && new DOMParser().parseFromString(page, "text/html")
  const fresh = now?.querySelector("#changelist-form")
  if (fresh) grid.replaceWith(fresh)
}

function announce(file) {
  const arrival = document.createElement("li")
  const words = make("span", "arrival__words")
  arrival.className = "arrival"
  words.append(make("bdi", "", file.name), make("span", "", list.dataset.sending))
  arrival.append(words)
  list.append(arrival)
  return arrival
}

function show(arrival, photo) {
  const [name, news] = arrival.querySelector(".arrival__words").children
  arrival.classList.toggle("arrival--refused", !photo?.page)
  news.textContent = sentence(photo)
  if (!photo?.page) return
  const picture = make("img", "arrival__picture")
  const link = make("a")
  picture.src = photo.thumbnail
  picture.alt = ""
  link.href = photo.page
  name.before(link)
  link.append(name)
  arrival.prepend(picture)
}

function sentence(photo) {
  if (!photo) return list.dataset.failed
  return photo.refusal ?? (photo.isNew ? list.dataset.kept : list.dataset.here)
}

function make(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text })
}
