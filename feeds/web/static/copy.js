// A button that copies an article's address, where the browser can. Without it the address stands there to be copied.
const button = document.querySelector("[data-copy]");
const field = document.querySelector("[data-copied]");
if (button && field && navigator.clipboard) {
  button.hidden = false;
  field.closest("label").hidden = true;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "رونوشت شد";
  });
}
