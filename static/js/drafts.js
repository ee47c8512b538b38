// What is typed at reception is never lost: kept by the office at each pause and at the latest a second after a key,
// and here while the office does not answer.
window.typed = (() => {
  const d = document, $ = (id) => d.getElementById(id), form = $("intake");
  const troubles = [$("offline"), $("signed-out"), $("somebody-else")], [offline, away, other] = troubles;
  const text = () => { const all = new FormData(form); all.delete("csrfmiddlewaretoken"); return `${new URLSearchParams(all)}`; };
  const say = (which) => { for (const one of troubles) one.hidden = one !== which; };
  let kept = text(), done = false;

  // Signing in beside this page gives a new token; the cookie always holds the one that counts.
  function token() {
    const found = /(?:^|; )motcua_csrf=([^;]+)/.exec(d.cookie);
    if (found) form.elements.csrfmiddlewaretoken.value = found[1];
    return found;
  }
  function troubleWith(answer) {
    if (answer.status >= 500) return offline;
    if (answer.status === 409) return other;
    if (answer.status === 403) return token() ? other : away;
    return answer.redirected && !/^\/(ho-so|phieu)\//.test(new URL(answer.url).pathname) ? away : null;
  }

  // An answer of the office; whatever is none is said in a banner and thrown.
  async function ask(address, init) {
    let answer;
    try { answer = await fetch(address, init); } catch (lost) {
      if (lost.name !== "AbortError") say(offline);
      throw lost;
    }
    const trouble = troubleWith(answer);
    say(trouble);
    if (trouble) throw new Error(trouble.id);
    return answer;
  }
  async function send(address, init) {
    token();
    const now = text(), answer = await ask(address, { method: "POST", body: new FormData(form), ...init });
    if (answer.ok) kept = now;
    return answer;
  }
  const keep = () => send(form.dataset.preview, { headers: { "X-Keep-Only": "1" } });
  const isOpen = () => !done && text() !== kept;

  // Typing that goes on without a pause, what no preview follows (the words of the search), and a new try.
  const LATEST = 1000;
  let due;
  const keepOpen = () => { if (isOpen()) keep().catch(() => {}); };
  form.addEventListener("input", () => { due ??= setTimeout(() => { due = undefined; keepOpen(); }, LATEST); });
  setInterval(() => { if (due === undefined) keepOpen(); }, 2000);
  function leave() { if (isOpen()) { token(); navigator.sendBeacon(form.dataset.preview, new FormData(form)); } }
  addEventListener("pagehide", leave);
  d.addEventListener("visibilitychange", () => { if (d.hidden) leave(); else if (troubles.some((one) => !one.hidden)) keep().catch(() => {}); });
  addEventListener("beforeunload", (e) => { if (isOpen() && troubles.some((one) => !one.hidden)) e.preventDefault(); });
  d.addEventListener("submit", (e) => { if (e.target !== form) leave(); }, true);
  // A link waits until the office has what is typed; over a cut line it does not lead away.
  d.addEventListener("click", async (e) => {
    const link = e.target.closest("a[href]");
    if (!link || link.target || link.getAttribute("href")[0] === "#" || e.ctrlKey || e.metaKey || e.shiftKey || !isOpen()) return;
    e.preventDefault();
    try { await keep(); } catch { return; }
    location.assign(link.href);
  });
  return { ask, send, finish() { done = true; } };
})();
