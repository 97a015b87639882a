// The picture of each caption: sent at once when chosen or dropped, picked from the
// photos, or taken away. The row's hidden field holds its SHA-256. Without it a file
// goes with the form.
import { captionRows, field } from "./caption_rows.js"
import { acceptDrops, uploadPhoto } from "./upload_photo.js"
import { choosePhoto } from "./photo_chooser.js"

const parts = document.querySelector('[data-parts="captions"]')
const words = parts.querySelector("[data-keep]").dataset
const add = parts.querySelector("[data-add]")

parts.querySelector(".parts__drop").hidden = false
captionRows().forEach(showWays)
new MutationObserver(() => captionRows().forEach(showWays)).observe(
  parts.querySelector("ol"),
  { childList: true },
)
acceptDrops(parts, keepAll)
parts.closest("form").addEventListener("formdata", leaveOutEmptyFiles)

parts.addEventListener("change", ({ target }) => {
  if (target.type === "file" && target.files.length) keep(rowAt(target), target.files[0])
})

parts.addEventListener("click", async ({ target }) => {
  const row = rowAt(target)
  if (target.matches("[data-take-away]")) takeAway(row)
  if (target.matches("[data-choose]")) {
    const photo = await choosePhoto()
    if (photo) show(row, photo, "")
    target.focus()
  }
})

// A row without a picture takes the first; the others get rows of their own.
async function keepAll(files, target) {
  const here = rowAt(target)
  for (const file of files) {
    const isFree = file === files[0] && here && !field(here, "photo").value
    await keep(isFree ? here : newRow(), file)
  }
}

// A picture pasted into the body, where its figure names the row by its key.
let sent = Promise.resolve()
parts.addEventListener("pasted-picture", ({ detail: { file, text, key } }) => {
  const row = newRow()
  field(row, "key").value = key
  field(row, "text").value = text
  sent = sent.then(() => keep(row, file))
})

function newRow() {
  add.click()
  return captionRows().at(-1)
}

// Until it is kept the file stays in the row, and goes with the form if need be.
async function keep(row, file) {
  const input = field(row, "upload")
  input.files = listOf(file)
  say(row, words.sending)
  const photo = await uploadPhoto(words.keep, file)
  if (photo) input.value = ""
  if (!photo) say(row, words.failed)
  else if (photo.refusal) say(row, `${file.name}: ${photo.refusal}`)
  else show(row, photo, photo.isNew ? words.kept : words.here)
}

function listOf(file) {
  const transfer = new DataTransfer()
  transfer.items.add(file)
  return transfer.files
}

function show(row, photo, news) {
  const link = document.createElement("a")
  const picture = document.createElement("img")
  link.href = photo.page
  link.target = "_blank"
  picture.src = photo.thumbnail
  picture.alt = photo.alternativeText || photo.name
  link.append(picture)
  row.querySelector("[data-picture]").replaceChildren(link)
  const text = field(row, "text")
  text.value = text.value.trim() ? text.value : photo.caption
  showCredit(row, photo.credit, photo.proposedCredit)
  const lost = showAlternativeText(row, photo)
  setPhoto(row, photo.sha256, `${news} ${lost}`.trim())
}

// It is the photo's: what it was before goes with the form, so only a change is written.
// Returns what is to be said where a change for the photo before is dropped.
function showAlternativeText(row, photo) {
  const part = row.querySelector("[data-alternative]")
  const [text, before] = part.querySelectorAll("[name]")
  const typed = text.value.trim()
  const isLost = typed && typed !== before.value.trim()
  text.value = before.value = photo?.alternativeText ?? ""
  text.readOnly = !photo?.mayDescribe
  part.querySelector("[data-sharing]").textContent = photo?.sharing ?? ""
  part.hidden = !photo
  return isLost ? words.undescribed.replace("%s", () => typed) : ""
}

// Where the caption has no credit, readers get the photo's.
function showCredit(row, credit, proposed = "") {
  const proposal = row.querySelector("[data-proposal]")
  proposal.hidden = !proposed || field(row, "credit").value !== ""
  proposal.querySelector("[data-creator]").textContent = proposed
  proposal.querySelector("[data-take-credit]").dataset.takeCredit = proposed
  const shown = credit && words.credit.replace("%(credit)s", credit)
  field(row, "credit").placeholder = shown
}

function takeAway(row) {
  row.querySelector("[data-picture]").replaceChildren()
  showCredit(row, "")
  const lost = showAlternativeText(row)
  setPhoto(row, "", `${words.taken} ${lost}`.trim())
  row.querySelector("[data-choose]").focus()
}

function setPhoto(row, sha256, news) {
  field(row, "photo").value = sha256
  say(row, news)
  showWays(row)
  row.dispatchEvent(new Event("input", { bubbles: true }))
}

function showWays(row) {
  row.querySelector("[data-choose]").hidden = false
  row.querySelector("[data-take-away]").hidden = !field(row, "photo").value
}

function say(row, news) {
  row.querySelector(".part__news").textContent = news
}

// A form may bring a hundred files, and a gallery has as many rows without one.
function leaveOutEmptyFiles({ formData }) {
  for (const [name, value] of [...formData]) {
    if (value instanceof File && !value.name) formData.delete(name)
  }
}

function rowAt(element) {
  return element.closest(".part")
}
