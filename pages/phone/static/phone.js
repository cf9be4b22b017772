"use strict";
/* The page follows the workshop by itself: it hears that something changed, gets itself once
   more from the server, and exchanges what is different. */
(() => {
  const { words, main, tell, bind, flush, heard, onChange } = window.einklang;
  const SPREAD = 400; // ms: a thousand phones don't ask in the same moment
  let source = null, wait = 1000, again = 0, lost = 0, hiddenAt = 0;
  let timer = 0, getting = false, once = false;
  let shown = plain(main());

  function plain(element) {
    return element.outerHTML.replace(/ data-phase="\d+"/, "");
  }

  /* ---- the page itself ---- */

  function soon(delay = Math.random() * SPREAD) {
    clearTimeout(timer);
    timer = setTimeout(refresh, delay);
  }

  async function refresh() {
    if (getting) {
      once = true;
      return;
    }
    getting = true;
    const before = heard();
    try {
      const reply = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (!reply.ok) throw new Error(String(reply.status));
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("main");
      if (!fresh?.dataset.live) return location.reload();
      if (heard() === before) exchange(fresh, page);
      else once = true;
    } catch {
      soon(wait + Math.random() * 1000);
    } finally {
      getting = false;
      if (once) {
        once = false;
        soon();
      }
    }
  }

  function exchange(fresh, page) {
    const old = main();
    const text = plain(fresh);
    if (text === shown) {
      old.dataset.phase = fresh.dataset.phase;
      return;
    }
    shown = text;
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    const own = old.querySelector(".own");
    if (own && old.dataset.view === fresh.dataset.view) {
      own.replaceWith(fresh.querySelector(".own")); // somebody may be typing beside it
      old.dataset.phase = fresh.dataset.phase;
    } else if (old.dataset.view === fresh.dataset.view) {
      inPlace(old, fresh);
    } else {
      const inside = old.contains(document.activeElement);
      old.replaceWith(fresh);
      bind();
      window.scrollTo(0, 0);
      const heading = document.getElementById("top");
      if (inside) heading?.focus({ preventScroll: true });
      tell(heading?.textContent ?? "");
    }
  }

  /* The same question, changed: whoever reads it must not lose their place. */
  function inPlace(old, fresh) {
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    const section = active?.closest("[id]")?.id;
    const seen = (e) => e.getBoundingClientRect().bottom > 0;
    const place = active?.closest("[id]") ?? [...old.querySelectorAll("[id]")].find(seen);
    const before = place?.getBoundingClientRect().top ?? 0;
    const value = active?.value;
    old.replaceWith(fresh);
    bind();
    const after = place && document.getElementById(place.id)?.getBoundingClientRect().top;
    if (after !== undefined && after !== null) window.scrollBy(0, after - before);
    if (!active) return;
    const around = section ? document.getElementById(section) : null;
    const target = [...(around?.querySelectorAll("button") ?? [])].find((b) => b.value === value);
    (target ?? document.getElementById("top"))?.focus({ preventScroll: true });
  }

  /* ---- the live stream ---- */

  function line(text) {
    const place = document.getElementById("line");
    if (place.hidden === !text) return;
    place.textContent = text;
    place.hidden = !text;
    tell(text);
  }

  function connect() {
    clearTimeout(again);
    source?.close();
    const { live, phase } = main().dataset;
    source = new EventSource(`${live}?since=${phase}`);
    source.onopen = () => {
      clearTimeout(lost);
      lost = 0;
      wait = 1000;
      line("");
      flush();
    };
    source.onmessage = (event) => {
      if (event.data !== main().dataset.phase) soon();
    };
    source.onerror = () => {
      lost ||= setTimeout(() => line(words.line_lost), 3000);
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries by itself
      again = setTimeout(connect, wait + Math.random() * 500);
      wait = Math.min(wait * 2, 15000);
    };
  }

  function wake() {
    connect();
    soon(0);
    flush();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = Date.now();
    // A stream that slept may look open and be dead.
    else if (Date.now() - hiddenAt > 3000) wake();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  window.addEventListener("online", wake);
  window.addEventListener("storage", (event) => {
    if (event.key?.endsWith(":answers")) soon(); // answered in another tab
  });
  window.addEventListener("pagehide", () => source?.close());

  onChange(() => soon(0));
  // A sentence about what has just happened belongs to this view of the page only.
  if (location.search) history.replaceState(null, "", location.pathname + location.hash);
  bind();
  connect();
  flush();
})();
