"use strict";
/* The moderator's timer: counts by itself, by the server's clock, and asks for nothing but that. */
(() => {
  let offset = null; // ms that the server's clock is ahead; asked once, when first needed
  let before = 0;

  async function ask() {
    offset = 0;
    try {
      const sent = Date.now();
      const reply = await fetch(location.pathname, { method: "HEAD" });
      const date = Date.parse(reply.headers.get("Date"));
      // The header counts whole seconds: on average half of one has passed since.
      if (date) offset = date + 500 - (sent + Date.now()) / 2;
    } catch {
      // this phone's own clock has to do
    }
  }

  function count() {
    const line = document.getElementById("timer");
    const ends = Number(line?.dataset.ends);
    if (!ends) return;
    if (offset === null) setTimeout(ask, Math.random() * 2000);
    offset ??= 0;
    const left = Math.max(0, Math.ceil((ends - Date.now() - offset) / 1000));
    const figures = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const text = left ? line.dataset.left.replace("{time}", figures) : line.dataset.over;
    if (line.textContent !== text) line.textContent = text;
    if (!left && before === ends) window.einklang.tell(text);
    before = left ? ends : 0;
  }

  setInterval(count, 250);
  count();
})();
