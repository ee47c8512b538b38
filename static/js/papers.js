// Drops and pastes of scans onto a paper, with progress. Without it the form of each paper does the same.
(() => {
  const d = document, row = (el) => el?.closest?.("[data-drop]");
  const clear = () => d.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
  const carries = (e) => [...(e.dataTransfer?.types || [])].includes("Files");
  d.addEventListener("dragover", (e) => {
    if (!carries(e)) return;
    e.preventDefault();
    clear();
    row(e.target)?.classList.add("over");
  });
  d.addEventListener("dragleave", (e) => { if (!e.relatedTarget) clear(); });
  d.addEventListener("drop", (e) => {
    if (!carries(e)) return;
    e.preventDefault(); // a drop beside a paper must not open the file instead of the page
    clear();
    give(row(e.target), e.dataTransfer.files);
  });
  d.addEventListener("paste", (e) => {
    const files = e.clipboardData?.files;
    if (!files?.length) return;
    e.preventDefault();
    give(row(d.activeElement) || d.querySelector("[data-drop]:not(:has(.kept))"), files);
  });
  d.addEventListener("submit", (e) => {
    if (!row(e.target)) return;
    e.preventDefault();
    send(e.target);
  });
  function give(target, files) {
    const form = target?.querySelector("form");
    if (!form || !files.length) return;
    form.elements.scans.files = files;
    form.requestSubmit();
  }
  function send(form) {
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const bar = form.querySelector("progress"), said = form.querySelector("[data-said]"), x = new XMLHttpRequest();
    const lost = () => { delete form.dataset.busy; bar.hidden = true; said.hidden = false; said.textContent = form.dataset.lost; };
    bar.hidden = false; said.hidden = true;
    x.upload.onprogress = (e) => { if (e.lengthComputable) bar.value = 100 * e.loaded / e.total; };
    x.onerror = x.ontimeout = lost;
    x.onload = () => {
      const page = new DOMParser().parseFromString(x.responseText, "text/html"), next = page.querySelector(".scans");
      if (!next) return location.assign(x.responseURL);
      d.querySelector("main > [role=status]")?.remove();
      const told = page.querySelector("main > [role=status]");
      if (told) d.querySelector("main").prepend(d.importNode(told, true));
      put(next, form.closest("[data-drop]").id);
    };
    x.open("POST", form.action);
    x.send(new FormData(form));
  }
  // Only what the answer says is new: what waits in the other rows, typed or chosen, stays.
  function put(next, id) {
    const here = d.querySelector(".scans"), old = d.getElementById(id), fresh = next.querySelector("#" + id);
    if (!fresh) return location.reload();
    old.replaceWith(d.importNode(fresh, true));
    for (const part of [".title", "#errors"]) {
      const was = here.querySelector(part), is = next.querySelector(part);
      if (was && is) was.replaceWith(d.importNode(is, true));
      else if (was) was.remove();
      else if (is) here.querySelector(".title").after(d.importNode(is, true));
    }
    const now = d.getElementById(id);
    (d.getElementById("errors") || now.querySelector(".kept li:last-child a") || now.querySelector("input[type=file]"))?.focus();
  }
})();
