// Select2 draws a field anew and leaves its label behind.
const DRAWN = "[role=combobox], [role=searchbox], [role=textbox]"

window.django?.jQuery(() => {
  for (const select of document.querySelectorAll(".admin-autocomplete")) {
    const name = select.labels[0]?.textContent.trim().replace(/:$/, "")
    const boxes = select.parentElement.querySelectorAll(DRAWN)
    for (const box of boxes) {
      box.removeAttribute("aria-labelledby")
      box.setAttribute("aria-label", name)
    }
  }
})
