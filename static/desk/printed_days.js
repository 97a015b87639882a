// The days that the source prints, beside a field of time: a click fills it in. Without
// the script the line is there to be read, and its day is typed.

for (const button of document.querySelectorAll("[data-day]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    const [day, time] = button.closest(".moment").querySelectorAll("[type=date], [type=time]")
    day.value = button.dataset.day
    time.value = ""
    day.dispatchEvent(new Event("input", { bubbles: true }))
    day.focus()
  })
}
