// The creator whom a picture's file names becomes its credit when the editor says so.
document.addEventListener("click", ({ target }) => {
  const creator = target.dataset?.takeCredit
  if (!creator) return
  const credit = target.closest(".part, form").querySelector('[name$="credit"]')
  credit.value = creator
  credit.dispatchEvent(new Event("input", { bubbles: true }))
  credit.focus()
  target.closest("[data-proposal]").hidden = true
})
