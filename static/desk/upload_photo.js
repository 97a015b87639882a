// One picture after another is opened: while a colleague's is, this one waits its turn.
// Two minutes of that are an outage, and the editor hears of it.
const MOST_TRIES = 24
const BETWEEN_TRIES = 5000

// Sends one picture to the desk, which saves it at once. Returns the photo, or
// { refusal: why not }, or nothing when no answer came.
export async function uploadPhoto(address, file) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")
  const body = new FormData()
  body.append("file", file)
  body.append(token.name, token.value)
  let photo
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (await hasRoom(address)) {
      photo = await readAnswer(() => fetch(address, { method: "POST", body }))
      if (!photo?.isBusy) break
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES))
  }
  return photo
}

// Asked before the megabytes are sent. Of any other trouble the sending itself tells.
async function hasRoom(address) {
  try {
    return (await fetch(address)).status !== 503
  } catch {
    return true
  }
}

// An answer that is no JSON is the sign-in page.
export async function readAnswer(ask) {
  try {
    return await (await ask()).json()
  } catch {
    return undefined
  }
}

// Lets files be dropped on an element, and says so while they hover over it.
export function acceptDrops(element, receive) {
  const setHover = (isOver) => element.classList.toggle("is-dropped-on", isOver)
  element.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return
    event.preventDefault()
    setHover(true)
  })
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget)) setHover(false)
  })
  element.addEventListener("drop", (event) => {
    setHover(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    receive([...event.dataTransfer.files], event.target)
  })
}
