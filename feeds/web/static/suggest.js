// Words of the archive under the search field, while one types. The search itself needs none of this.
const field = document.querySelector("[data-suggest]");
const list = document.getElementById("suggestions");
let asked = 0;
field?.addEventListener("input", () => {
  clearTimeout(asked);
  asked = setTimeout(async () => {
    const typed = field.value;
    if (typed.trim().length < 2) return;
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || field.value !== typed) return;
    const [, found] = await answer.json();
    list.replaceChildren(...found.map((words) => Object.assign(document.createElement("option"), { value: words })));
  }, 150);
});
