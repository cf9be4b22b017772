"use strict";
/* The page follows the workshop by itself: it hears that something changed, gets itself once
   more from the server, and exchanges what is different. */
(() => {
  const { words, main, tell, bind, paintTexts, flush, hurry, heard, on } = window.einklang;
  const SPREAD = 400; // ms: a thousand phones don't ask in the same moment
  const PATIENCE = 10000; // ms for a page to come
  const AWAKE = 1200; // ms for the first page after sleep: its line may be dead
  const SILENCE = 40000; // ms without a heartbeat: the stream is dead, whatever it looks like
  const SETTLE = 350; // ms in which a finger that meant the page before taps nothing
  let source = null, wait = 1000, again = 0, lost = 0, silent = 0;
  let timer = 0, asking = null, once = false, finger = false, held = null;
  let shown = plain(main());

  function plain(element) {
    return element.outerHTML.replace(/ data-phase="\d+"/, "");
  }

  /* ---- the page itself ---- */

  function soon(delay = Math.random() * SPREAD) {
    clearTimeout(timer);
    timer = setTimeout(refresh, delay);
  }

  async function refresh(patience = PATIENCE) {
    if (asking) {
      once = true;
      return;
    }
    const mine = asking = new AbortController();
    const late = setTimeout(() => mine.abort(), patience);
    const before = heard();
    try {
      const reply = await fetch(location.pathname, {
        headers: { Accept: "text/html" },
        signal: mine.signal,
      });
      if (!reply.ok) throw new Error(String(reply.status));
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("main");
      if (!fresh?.dataset.live) return location.reload();
      const show = () => (heard() === before ? exchange(fresh, page) : soon());
      if (finger) held = show;
      else show();
    } catch {
      if (asking === mine) soon(patience === AWAKE ? 0 : wait + Math.random() * 1000);
    } finally {
      clearTimeout(late);
      if (asking === mine) asking = null;
      if (once && !asking) {
        once = false;
        soon();
      }
    }
  }

  function exchange(fresh, page) {
    const old = main();
    const text = plain(fresh);
    const [timer, next] = [document, page].map((at) => at.getElementById("timer"));
    if (timer.dataset.ends !== next.dataset.ends) timer.replaceWith(next); // else it counts on
    if (text === shown) {
      old.dataset.phase = fresh.dataset.phase;
      return;
    }
    shown = text;
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    const own = old.querySelector(".own");
    if (own && old.dataset.view === fresh.dataset.view) {
      own.replaceWith(fresh.querySelector(".own")); // somebody may be typing beside it
      old.dataset.phase = fresh.dataset.phase;
      paintTexts();
    } else if (old.dataset.view === fresh.dataset.view) {
      inPlace(old, fresh);
    } else {
      another(old, fresh, page);
    }
  }

  /* Another view is another page, down to its last line: it begins at its top, and takes a tap
     only when whoever meant the page before has seen that it is gone. */
  function another(old, fresh, page) {
    const inside = old.contains(document.activeElement);
    fresh.classList.add("fresh");
    setTimeout(() => fresh.classList.remove("fresh"), SETTLE);
    document.querySelector("footer").replaceWith(page.querySelector("footer"));
    old.replaceWith(fresh);
    bind();
    window.scrollTo(0, 0);
    const heading = document.getElementById("top");
    if (inside) heading?.focus({ preventScroll: true });
    tell(heading?.textContent ?? "");
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
    const same = (b) => b.name === active.name && b.value === value;
    const target =
      around?.id === active.id ? around : [...(around?.querySelectorAll("button, input") ?? [])].find(same);
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

  /* The server says every 15 s that it is there. */
  function alive() {
    clearTimeout(silent);
    silent = setTimeout(wake, SILENCE);
  }

  function connect() {
    if (!window.EventSource) {
      document.documentElement.classList.add("by-hand"); // the button that asks is shown
      return;
    }
    clearTimeout(again);
    source?.close();
    const { live, phase } = main().dataset;
    source = new EventSource(`${live}?since=${phase}`);
    source.onopen = () => {
      clearTimeout(lost);
      lost = 0;
      wait = 1000;
      line("");
      alive();
      flush();
    };
    source.onmessage = (event) => {
      alive();
      if (event.data !== main().dataset.phase) soon();
    };
    source.addEventListener("beat", alive);
    source.onerror = () => {
      lost ||= setTimeout(() => line(words.line_lost), 3000);
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries by itself
      again = setTimeout(connect, wait + Math.random() * 500);
      wait = Math.min(wait * 2, 15000);
    };
  }

  /* After sleep, a tunnel, another network: nothing that was under way can be relied on. */
  function wake() {
    clearTimeout(timer);
    clearTimeout(silent);
    asking?.abort();
    asking = null;
    refresh(AWAKE);
    connect();
    hurry();
  }

  /* ---- what happens to a phone ---- */

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(silent);
    else wake(); // a stream that slept may look open and be dead
  });
  document.addEventListener("resume", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => line(words.line_lost));
  window.addEventListener("storage", (event) => {
    if (event.key?.endsWith(":outbox")) soon(); // answered in another tab
  });
  window.addEventListener("pagehide", () => source?.close());

  /* Nothing moves away from under a finger. */
  document.addEventListener("pointerdown", () => { finger = true; });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      finger = false;
      // The tap that this finger makes comes first.
      setTimeout(() => {
        if (finger) return;
        held?.();
        held = null;
      });
    });
  }

  on.refresh = () => soon(0);
  // A sentence about what has just happened belongs to this view of the page only.
  if (location.search) history.replaceState(null, "", location.pathname + location.hash);
  bind();
  connect();
})();
