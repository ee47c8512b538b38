// Keys of the office, the summary of errors, the banner of a lost network. Every page works without it.
(() => {
  const d = document, $ = (s) => d.querySelector(s);
  const typing = (e) => e.isComposing || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
  const go = (row) => {
    d.querySelector(".cur")?.classList.remove("cur");
    row.classList.add("cur");
    row.querySelector("a")?.focus();
  };
  const sections = () => [...d.querySelectorAll("[data-section]")];
  const keys = {
    j: () => step(1), k: () => step(-1),
    x: () => { const box = $(".cur input[type=checkbox]"); if (box) box.click(); },
    a: () => { const all = [...d.querySelectorAll("[data-row] input[type=checkbox]")], on = all.every((b) => b.checked); all.forEach((b) => { b.checked = !on; }); },
    "?": () => $("#shortcuts")?.showModal(),
  };
  function step(by) {
    const rows = [...d.querySelectorAll("[data-row]")];
    if (rows.length) go(rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf($(".cur")) + by))]);
  }
  function nextSection() {
    const all = sections(), here = all.findIndex((s) => s.contains(d.activeElement));
    all[(here + 1) % all.length]?.querySelector("input:not([type=hidden]),select,textarea,button,a")?.focus();
  }
  d.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    const link = /^F\d$/.test(e.key) && $(`[data-key="${e.key}"]`);
    const alt = e.altKey && !e.ctrlKey && $(`[data-alt="${e.code}"]`);
    if (link || alt) { e.preventDefault(); (link || alt).click(); }
    else if (e.key === "F8" && sections().length) { e.preventDefault(); nextSection(); }
    else if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      const form = $("form[data-primary]");
      if (form) { e.preventDefault(); form.requestSubmit(); }
    } else if (e.ctrlKey && e.key === "p" && $("form#print")) { e.preventDefault(); $("form#print").requestSubmit(); }
    else if (!typing(e) && !e.ctrlKey && !e.altKey && !e.metaKey) {
      if (e.key === "/" && $("#find")) { e.preventDefault(); $("#find").focus(); }
      else if (e.key === "?" || d.body.dataset.letters) {
        const move = d.body.dataset.letters && $(`[data-letter="${e.key.toUpperCase()}"]`);
        if (move) { e.preventDefault(); move.click(); } else keys[e.key]?.();
      }
    }
  });
  const net = () => { const b = $("#offline"); if (b) b.hidden = navigator.onLine; };
  addEventListener("online", net); addEventListener("offline", net);
  $("#errors")?.focus();
})();
