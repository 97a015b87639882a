// Copies an address: the button shows only here, where it can do what it says.

for (const place of document.querySelectorAll("[data-copies]")) {
  const button = place.querySelector("button");
  const answer = place.querySelector("[role=status]");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(place.dataset.copies);
      answer.textContent = place.dataset.done;
    } catch {
      answer.textContent = place.dataset.failed;
    }
  });
}
