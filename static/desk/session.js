// Asks, before a form is sent, whether its editor is still signed in and whether so much
// is taken: a page in place of the form would lose what was typed. The answer brings the
// token of now, too, since the form may be older than the last sign-in.

const place = document.querySelector("[data-session]")
const form = place.closest("form")
let isSure = false

// Captured, so that nobody takes the form for sent before it is.
form.addEventListener("submit", ask, { capture: true })
addEventListener("pageshow", () => (isSure = false))

async function ask(event) {
  if (isSure) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const problem = await findProblem()
  for (const notice of place.children) notice.hidden = notice.dataset.problem !== problem
  if (problem) return place.scrollIntoView({ block: "center" })
  isSure = true
  form.requestSubmit(event.submitter)
}

// What keeps the form from being saved: "ended", "away", "long", "large" or nothing.
async function findProblem() {
  try {
    const signal = AbortSignal.timeout(15_000)
    const answer = await fetch(place.dataset.session, { redirect: "manual", signal })
    if (answer.type === "opaqueredirect") return "ended"
    if (!answer.ok) return "away"
    const { token, most, most_words } = await answer.json()
    form.elements.csrfmiddlewaretoken.value = token
    const all = new FormData(form)
    const words = new FormData()
    for (const [name, value] of all) if (typeof value === "string") words.append(name, value)
    if ((await sizeOf(words)) > most_words) return "long"
    return (await sizeOf(all)) > most ? "large" : ""
  } catch {
    return "away"
  }
}

async function sizeOf(sent) {
  return (await new Response(sent).blob()).size
}
