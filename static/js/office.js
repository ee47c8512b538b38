// Keys of the office, the summary of errors, the banner of a lost network. Every page works without it.
(() => {
  const d = document, $ = (s) => d.querySelector(s), $$ = (s) => [...d.querySelectorAll(s)];
  const typing = (e) => e.isComposing || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
  const BOXES = "[data-row] input[type=checkbox]", FIELDS = "input:not([type=hidden]),select,textarea";
  const seen = (all) => [...all].find((one) => one.offsetParent);
  const go = (row) => {
    $(".cur")?.classList.remove("cur");
    row.classList.add("cur");
    row.querySelector("a")?.focus();
  };
  // A key that finds nothing to do on a page answers false.
  const keys = {
    j: () => step(1), k: () => step(-1),
    x: () => { const box = $(".cur input[type=checkbox]"); box?.click(); return box; },
    a: () => { const all = $$(BOXES), on = all.every((b) => b.checked); all.forEach((b) => { b.checked = !on; }); return all.length; },
  };
  function step(by) {
    const rows = $$("[data-row]");
    if (rows.length) go(rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf($(".cur")) + by))]);
    return rows.length;
  }
  function primary() {
    const to = $("[data-primary]");
    if (to?.requestSubmit) to.requestSubmit(); else to?.click();
    return to;
  }
  function print() { const form = $("form#print"); form?.requestSubmit(); return form; }
  function click(to) { to?.click(); return to; }

  // What is seldom asked for is another script, brought when it is.
  function rare(what) {
    const dialog = $("#shortcuts");
    if (dialog) import(dialog.dataset.script).then((keys) => keys[what](dialog));
    return dialog;
  }

  function act(e) {
    const only = e.ctrlKey || e.metaKey, letters = d.body.dataset.letters;
    if (e.key === "F1") return rare("help");
    if (/^F\d$/.test(e.key)) return click($(`[data-key="${e.key}"]`)) || (e.key === "F8" && $("[data-section],main .panel:has(h1,h2)") && rare("next"));
    if (e.altKey) return !only && click($(`[data-alt="${e.code}"]`));
    if (only) return e.key === "Enter" ? primary() : e.key === "p" && print();
    if (e.key === "Escape") return !$("dialog[open]") && click($("[data-back]"));
    if (typing(e)) return false;
    if (e.key === "/") { const find = $("#find"); find?.focus(); return find; }
    if (e.key === "?") return rare("help");
    return letters && (click($(`[data-letter="${e.key.toUpperCase()}"]`)) || keys[e.key]?.());
  }
  d.addEventListener("keydown", (e) => { if (!e.isComposing && act(e)) e.preventDefault(); });
  const net = () => { const b = $("#offline"); if (b) b.hidden = navigator.onLine; };
  addEventListener("online", net); addEventListener("offline", net);
  // The hand begins at what is wrong, else where the page says, else at the first field of its form.
  const first = $("[autofocus]") ? null : $("form[data-primary]");
  ($("#errors") ?? seen([...first?.elements ?? []].filter((one) => one.matches(`${FIELDS},button`))))?.focus();
})();
