// Light or dark by the reader's own choice, kept in the browser alone. Without it the system's choice is followed.
const root = document.documentElement;
const next = { "": "dark", dark: "light", light: "" };
const names = { "": "خودکار", dark: "تیره", light: "روشن" };
const read = () => { try { return localStorage.getItem("theme") ?? ""; } catch { return ""; } };
const show = (theme) => { if (theme in names && theme) root.dataset.theme = theme; else delete root.dataset.theme; };
show(read());
addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-theme-switch]");
  if (!button) return;
  const name = () => { button.textContent = `نما: ${names[root.dataset.theme ?? ""]}`; };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    const theme = next[root.dataset.theme ?? ""];
    show(theme);
    try { localStorage.setItem("theme", theme); } catch { /* for this page alone, then */ }
    name();
  });
});
