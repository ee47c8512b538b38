// Keys that are seldom pressed; office.js brings this script when one is.
const d = document;

// What this page answers to: the keys on its own buttons and links, and of the common ones those that find something.
export function help(dialog) {
  const list = dialog.querySelector("dl");
  if (dialog.open) return;
  list.querySelectorAll("[data-own]").forEach((row) => row.remove());
  for (const row of list.children) row.hidden = !d.querySelector(row.dataset.if);
  const letters = d.body.dataset.letters ? ",[data-letter]" : "";
  for (const to of [...d.querySelectorAll("[data-key],[data-alt],[data-back]" + letters)].reverse()) {
    const row = d.createElement("div"), name = d.createElement("dt"), what = d.createElement("dd"), said = to.cloneNode(true);
    said.querySelectorAll("kbd").forEach((key) => key.remove());
    row.dataset.own = "";
    name.append(d.createElement("kbd"));
    name.firstChild.textContent = to.dataset.letter ?? to.querySelector("kbd")?.textContent ?? to.dataset.key;
    what.textContent = said.textContent.trim();
    row.append(name, what);
    list.prepend(row);
  }
  dialog.showModal();
}

// In a form the next part is its first field; on a page that is read, its heading.
export function next() {
  const marked = [...d.querySelectorAll("[data-section]")];
  const all = marked.length ? marked : [...d.querySelectorAll("main .panel:has(h1,h2)")];
  const part = all[(all.findIndex((s) => s.contains(d.activeElement)) + 1) % all.length];
  const fields = marked.length ? [...part.querySelectorAll("input:not([type=hidden]),select,textarea")] : [];
  const to = fields.find((one) => one.offsetParent) ?? part?.querySelector("h1,h2");
  if (/^H/.test(to?.tagName)) to.tabIndex = -1;
  to?.focus();
}
