// The identity card, typed by a hand reader into whatever field has the focus; and data declared earlier, on consent.
(() => {
  const d = document, $ = (id) => d.getElementById(id), form = $("intake");
  const LINE = /(\d{12})\|(?:\d{9}|\d{12})?\|([^|]*[^|\s][^|]*)\|(\d{2})(\d{2})(\d{4})\|[^|]*\|([^|]*)\|\d{8}(?:\|[^|]*)*/;
  const QUIET = 200, LONGEST = 600;
  let timer, readAt = -Infinity;
  const takesText = (e) => e.tagName === "TEXTAREA" || (e.tagName === "INPUT" && e.type === "text");
  const exists = (year, month, day) => new Date(year, month - 1, day).getDate() === +day && +month <= 12;

  function set(id, value) { const field = $(id); if (field) field.value = value; }

  // The office hears of what was filled in; the hand goes on to what is still empty.
  function goOn(from) {
    from.dispatchEvent(new Event("input", { bubbles: true }));
    const procedure = $("id_procedure");
    const empty = [...form.elements].filter((e) => e.type === "text" && !e.value && e.offsetParent);
    const after = empty.find((e) => from.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
    (procedure.value ? after ?? empty[0] ?? from : procedure).focus();
  }

  function read(field) {
    clearTimeout(timer);
    const found = LINE.exec(field.value);
    if (!found || !exists(found[5], found[4], found[3])) return false;
    const [line, number, name, day, month, year, address] = found;
    const who = field.id.startsWith("id_filer_") ? "id_filer_" : "id_";
    field.value = field.value.replace(line, "");
    set(`${who}number`, number);
    set(`${who}name`, name.normalize("NFC").trim());
    set(`${who}birth`, `${day}/${month}/${year}`);
    set(`${who}address`, address.normalize("NFC").trim());
    readAt = performance.now();
    const told = $("card-read");
    if (told) told.hidden = false;
    goOn($(`${who}number`) ?? field);
    return true;
  }

  form.addEventListener("focusin", (e) => {
    if (takesText(e.target) && e.target.maxLength > 0 && e.target.maxLength < LONGEST) e.target.maxLength = LONGEST;
  });
  form.addEventListener("input", (e) => {
    if (!takesText(e.target) || !/\d{12}\|/.test(e.target.value)) return;
    e.stopImmediatePropagation(); // neither a search nor a preview of half a card
    clearTimeout(timer);
    timer = setTimeout(() => read(e.target), QUIET);
  }, true);
  form.addEventListener("keydown", (e) => {
    if (!/^(Enter|Tab)$/.test(e.key) || e.ctrlKey || e.metaKey || e.altKey) return;
    const late = performance.now() - readAt < QUIET;
    if (!late && !(takesText(e.target) && read(e.target))) return;
    e.preventDefault(); // the reader ends its line with this key
    e.stopImmediatePropagation();
  }, true);

  form.addEventListener("change", async (e) => {
    const tick = e.target, number = $("id_number");
    if (tick.id !== "id_recall_agreed" || !tick.checked) return;
    const asked = number.value;
    try {
      const answer = await fetch(tick.dataset.recall, { method: "POST", body: new FormData(form) });
      if (!answer.ok || answer.redirected) throw answer;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (number.value !== asked) return;
      for (const id of ["id_name", "id_birth", "id_address", "id_phone"]) {
        const field = $(id);
        if (field && !field.value.trim()) field.value = page.getElementById(id)?.value ?? "";
      }
      goOn(number);
    } catch { tick.checked = false; $("offline").hidden = false; }
  });
})();
