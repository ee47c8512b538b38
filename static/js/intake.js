// Reception by keyboard: words to a procedure, the rest of the screen follows. Without it the form still works.
(() => {
  const d = document, $ = (id) => d.getElementById(id), form = $("intake");
  const field = $("id_procedure"), list = $("options"), typed = window.typed;
  // A paper that everybody brings and that no database holds.
  const ASKED = ".papers li:not(.some):not(:has([name$=-held]:checked))";
  let timer, flight, chosen = -1, sending = false, fresh = field.value;
  const options = () => [...list.querySelectorAll("[data-code]:not([aria-disabled])")];

  // A question to the office: a newer one replaces it, a lost network only delays it.
  async function ask(address, how, use, again) {
    flight?.abort();
    const mine = flight = new AbortController();
    try {
      const answer = await typed[how](address, { signal: mine.signal });
      const html = answer.ok && await answer.text();
      if (html && mine === flight) use(html);
    } catch (lost) {
      if (mine !== flight || lost.name === "AbortError") return;
      later(again, 3000);
    }
  }
  const later = (what, wait) => { clearTimeout(timer); timer = setTimeout(what, wait); };

  function preview(then) {
    ask(form.dataset.preview, "send", (html) => {
      const focus = d.activeElement, at = focus.selectionStart;
      const parts = new DOMParser().parseFromString(html, "text/html");
      for (const part of parts.querySelectorAll("[data-part]")) {
        const old = $(part.id);
        if (!old || (part.dataset.part && part.dataset.part === old.dataset.part)) continue;
        old.replaceWith(part);
      }
      $("all-papers")?.parentNode.removeAttribute("hidden");
      const back = focus.id && !focus.isConnected && $(focus.id);
      if (back) { back.focus(); if (at != null && back.setSelectionRange) back.setSelectionRange(at, at); }
      then?.();
    }, () => preview(then));
  }

  // The combobox.
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "options");
  function close() { list.replaceChildren(); field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); chosen = -1; }
  close();
  function mark(to) {
    const all = options();
    chosen = all.length ? (to + all.length) % all.length : -1;
    all.forEach((o, i) => o.setAttribute("aria-selected", i === chosen));
    if (chosen >= 0) { field.setAttribute("aria-activedescendant", all[chosen].id); all[chosen].scrollIntoView({ block: "nearest" }); }
  }
  function find() {
    if (!field.value.trim() || /\d{9}/.test(field.value)) { close(); return; } // a citizen's number goes into no address
    ask(`${form.dataset.options}?procedure=${encodeURIComponent(field.value)}`, "ask", (html) => {
      list.innerHTML = html;
      field.setAttribute("aria-expanded", "true");
      mark(0);
    }, find);
  }
  function pick(option) {
    clearTimeout(timer);
    field.value = fresh = option.dataset.code;
    field.removeAttribute("aria-invalid");
    $("id_procedure_error")?.remove();
    close();
    preview(next);
  }
  list.addEventListener("mousedown", (e) => e.preventDefault());
  list.addEventListener("click", (e) => {
    const option = e.target.closest("[data-code]");
    if (option && !option.hasAttribute("aria-disabled")) pick(option);
  });
  field.addEventListener("blur", close);

  // The next field that still wants something, from where the hand is.
  function next() {
    const all = [...form.elements].filter((e) => e.offsetParent && e !== field);
    const at = d.activeElement, here = all.indexOf(at), papers = at.name?.startsWith("paper-");
    // Who ticks papers one by one is led to the next one that everybody brings.
    const wants = (e) => e.id === "id_situation" ? at === field : e.type === "text" ? !e.value
      : !e.checked && (e.id === "all-papers" ? !papers : papers && e.matches(`${ASKED} > input`));
    (all.slice(here + 1).find(wants) ?? all.find(wants) ?? d.querySelector("button[form=intake]")).focus();
  }

  form.addEventListener("keydown", (e) => {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    const on = e.target === field;
    if (on && /^Arrow(Up|Down)$/.test(e.key)) {
      e.preventDefault();
      if (options().length) mark(chosen + (e.key === "ArrowDown" ? 1 : -1)); else find();
    } else if (on && e.key === "Escape") close();
    else if (e.key === "ArrowRight" && e.target.matches(".papers li > input")) e.target.closest("li").querySelector("[name$=-held]").focus();
    else if (e.key === "ArrowLeft" && /-held$/.test(e.target.name)) e.target.closest("li").querySelector("input").focus();
    else if (e.key === "Enter" && !/^(BUTTON|TEXTAREA|A|SUMMARY)$/.test(e.target.tagName)) {
      e.preventDefault();
      if (on && chosen >= 0) pick(options()[chosen]);
      else if (on && field.value !== fresh) find();
      else next();
    }
  });
  const changed = (e) => {
    if (e.isComposing) return;
    if (e.target === field) return later(find, 120);
    if (e.target.id === "all-papers") {
      form.querySelectorAll(`${ASKED} > input`).forEach((box) => { box.checked = e.target.checked; });
    }
    if (e.target.id === "id_papers_in_database") {
      for (const li of form.querySelectorAll(".papers li:not(.some)")) {
        const box = li.querySelector("[name$=-held]");
        if (box) box.checked = e.target.checked && !li.querySelector("input").checked;
      }
    } else if (/-held$/.test(e.target.name) && !e.target.checked) $("id_papers_in_database").checked = false;
    flight?.abort();
    later(preview, 250);
  };
  form.addEventListener("input", changed);
  form.addEventListener("compositionend", changed);
  addEventListener("online", () => preview());

  // Sent only over a network that answers: what is typed stays on the screen until the office has it.
  form.addEventListener("submit", async (e) => {
    if (e.submitter?.name) return;
    e.preventDefault();
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    flight?.abort();
    const by = e.submitter, to = by?.getAttribute("formaction") ?? form.getAttribute("action");
    try {
      const answer = await typed.send(to);
      if (answer.redirected) { typed.finish(); location.assign(answer.url); } else { form.action = to; form.submit(); }
    } catch { later(() => form.requestSubmit(by), 3000); }
    sending = false;
  });
  $("all-papers")?.parentNode.removeAttribute("hidden");
  if (field.value && !$("errors")) next();
})();
