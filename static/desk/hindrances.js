// What stands in the way of publishing goes from the bar as it is settled in the form,
// and comes back with the words that are taken out again.
const form = document.querySelector("#article_form")
const place = form.querySelector("[data-hindrances]")

if (place) {
  for (const event of ["input", "change"]) form.addEventListener(event, draw)
  draw()
}

function draw() {
  const sent = new FormData(form)
  const lines = [...place.querySelectorAll("[data-field]")]
  for (const line of lines) {
    const fields = line.dataset.field.split(" ")
    const isFilled = fields.flatMap((name) => sent.getAll(name)).some(hasWords)
    line.hidden = "settledEmpty" in line.dataset ? !isFilled : isFilled
  }
  place.hidden = lines.every((line) => line.hidden)
}

// An emptied body still has its paragraph; a picture alone is one that is filled.
function hasWords(value) {
  return value.replace(/<(?!figure)[^>]*>/g, "").trim() !== ""
}
