// The focal point: a click on the picture sets the two numbers, which are the truth,
// and the point and the crops follow them.

const box = document.querySelector("[data-focus]")
const across = document.querySelector("[name=focal_x]")
const down = document.querySelector("[name=focal_y]")

if (box && across && down) {
  const point = box.querySelector(".focus__point")
  for (const live of document.querySelectorAll("[data-focus-help], [data-crops]")) {
    live.hidden = false
  }
  point.hidden = false
  box.classList.add("focus--live")
  box.addEventListener("click", set)
  for (const number of [across, down]) number.addEventListener("input", follow)
  follow()

  function set(event) {
    const picture = box.querySelector("img").getBoundingClientRect()
    across.value = percent(event.clientX - picture.left, picture.width)
    down.value = percent(event.clientY - picture.top, picture.height)
    across.dispatchEvent(new Event("input", { bubbles: true }))
  }

  function follow() {
    const [x, y] = [percent(across.value, 100), percent(down.value, 100)]
    // A picture is not mirrored where text runs from right to left.
    point.style.left = `${x}%`
    point.style.top = `${y}%`
    const whole = box.querySelector("img")
    for (const crop of document.querySelectorAll(".crop__picture")) {
      const { clientWidth, clientHeight } = crop
      const visible = (clientWidth * whole.height) / (clientHeight * whole.width)
      crop.style.objectPosition = `${position(x, visible)}% ${position(y, 1 / visible)}%`
    }
  }
}

// As pages do: the point stands in the middle of a crop, or as near to it as can be.
function position(percent, visible) {
  const start = (percent - 50 * visible) / (1 - visible)
  return visible < 1 ? Math.min(100, Math.max(0, start)) : 50
}

function percent(part, whole) {
  return Math.min(100, Math.max(0, Math.round((100 * part) / whole)))
}
