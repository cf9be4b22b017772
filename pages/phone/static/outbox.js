"use strict";
/* What was tapped or sent stays here until the server has said that it is saved: in the
   browser's storage, so that a dead network, a closed tab or a locked phone loses nothing. */
window.einklang = (() => {
  document.documentElement.classList.add("js"); // for browsers that can't say so in their style
  const words = JSON.parse(document.body.dataset.words);
  const main = () => document.getElementById("main");
  const code = main().dataset.code;
  const place = (name) => `einklang:${code}:${name}`;
  const PATIENCE = 10000, FIRST = 1000, LONGEST = 15000; // ms
  const memory = new Map(); // where the browser gives no storage
  const on = { change() {}, settled() {}, refresh() {} };
  let busy = false, failing = false, hurried = false, retry = 0, pause = FIRST, replies = 0;
  let underway = null;

  function get(name) {
    try {
      return JSON.parse(localStorage.getItem(place(name))) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  }

  function put(name, value) {
    memory.delete(name);
    try {
      if (value === null) localStorage.removeItem(place(name));
      else localStorage.setItem(place(name), JSON.stringify(value));
    } catch {
      memory.set(name, value);
    }
  }

  const fill = (text, params) => text.replace(/\{(\w+)\}/g, (all, name) => params[name] ?? all);

  function tell(text) {
    const live = document.getElementById("live");
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = text; });
  }

  /* ---- what waits ---- */

  const all = () => get("outbox") ?? {};
  const waiting = () => Object.values(all()).sort((a, b) => a.n - b.n);
  const keep = (entries) => put("outbox", Object.keys(entries).length ? entries : null);

  /* The key of a sending: the server knows a repeated one, and answers it as the first. */
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* `n` only ever grows, whatever the phone's clock does: by it the server knows the newest. */
  function add(key, path, fields) {
    const n = Math.max(Date.now(), (get("n") ?? 0) + 1);
    const entries = all();
    put("n", n);
    // One that it replaces may be under way already.
    entries[key] = { key, path, fields, n, again: key in entries };
    keep(entries);
    flush();
  }

  function mark(entry, what) {
    const entries = all();
    if (entries[entry.key]?.n !== entry.n) return; // replaced by a newer one, or gone
    if (what) Object.assign(entries[entry.key], what);
    else delete entries[entry.key];
    keep(entries);
  }

  /* ---- sending ---- */

  /* As the page's own form would. Null: nobody knows whether it arrived, so try again. */
  async function post({ path, fields, key, n, again }) {
    const body = new URLSearchParams({ ...fields, key, n, again: again ? 1 : 0 });
    underway = new AbortController();
    const late = setTimeout(() => underway.abort(), PATIENCE);
    try {
      const reply = await fetch(`/j/${code}/${path}`, {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        keepalive: String(body).length < 30000,
        signal: underway.signal,
      });
      if (reply.status >= 500 || reply.status === 429) return null;
      const said = await reply.json();
      replies += 1;
      return said;
    } catch {
      return null;
    } finally {
      clearTimeout(late);
    }
  }

  /* One at a time and in order; a newer tap on the same statement replaces an older one. */
  async function flush() {
    if (busy) return;
    busy = true;
    clearTimeout(retry);
    let entry;
    try {
      while ((entry = waiting().find((e) => !e.late))) {
        const reply = await post(entry);
        if (reply === null) break;
        pause = FIRST;
        if (failing) {
          failing = false;
          on.change();
        }
        settle(entry, reply);
      }
    } finally {
      busy = false;
    }
    if (entry) later(entry);
  }

  function settle(entry, reply) {
    const newest = all()[entry.key]?.n === entry.n;
    // What came too late stays on the phone, and is sent if the round opens again.
    mark(entry, !reply.ok && reply.state === "closed" ? { late: true } : null);
    on.settled(entry, reply, newest);
  }

  function later(entry) {
    mark(entry, { again: true });
    if (hurried) {
      hurried = false;
      flush();
      return;
    }
    if (!failing) tell(words.unsent);
    failing = true;
    on.change();
    retry = setTimeout(flush, pause + Math.random() * 500);
    pause = Math.min(pause * 2, LONGEST);
  }

  /* The phone is awake again: what hangs on a dead line is given up, and sent anew. */
  function hurry() {
    pause = FIRST;
    if (busy) {
      hurried = true;
      underway.abort();
    } else {
      flush();
    }
  }

  return {
    words, main, get, put, fill, tell, on, newKey, add, mark, waiting, flush, hurry,
    failing: () => failing,
    heard: () => replies, // a page asked for before the last reply may not know of it
  };
})();
