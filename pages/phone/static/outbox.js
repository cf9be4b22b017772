"use strict";
/* What was tapped or typed stays here until the server has said that it is saved: in the
   browser's storage, so that a reload, a tunnel or a locked phone loses nothing. */
window.einklang = (() => {
  const words = JSON.parse(document.body.dataset.words);
  const main = () => document.getElementById("main");
  const code = main().dataset.code;
  const ANSWERS = `einklang:${code}:answers`;
  const draftKey = (round) => `einklang:${code}:${round}:draft`;
  const memory = new Map(); // where the browser gives no storage
  let refresh = () => {};
  let busy = false, failing = false, retry = 0, pause = 1000, replies = 0;

  function get(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? memory.get(key) ?? null;
    } catch {
      return memory.get(key) ?? null;
    }
  }

  function put(key, value) {
    memory.delete(key);
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {
      memory.set(key, value);
    }
  }

  const fill = (text, params) => text.replace(/\{(\w+)\}/g, (all, name) => params[name] ?? all);
  const queue = () => get(ANSWERS) ?? {};
  const name = (round, statement) => `${round}|${statement}`;

  function tell(text) {
    const live = document.getElementById("live");
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = text; });
  }

  /* Send a form as the page itself would. Null: nobody knows whether it arrived, so try again. */
  async function post(path, fields) {
    try {
      const reply = await fetch(`/j/${code}/${path}`, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(fields),
        keepalive: JSON.stringify(fields).length < 30000,
        signal: AbortSignal.timeout ? AbortSignal.timeout(10000) : undefined,
      });
      if (reply.status >= 500 || reply.status === 429) return null;
      const said = await reply.json();
      replies += 1;
      return said;
    } catch {
      return null;
    }
  }

  /* ---- answers ---- */

  const fields = (form) => ({
    round: form.elements.round.value,
    statement: form.elements.statement.value,
  });
  const steps = (form) => [...form.querySelectorAll("button[name=value]")];
  const pressed = (form) => form.querySelector("[aria-pressed=true]")?.value;
  const label = (form, value) =>
    steps(form).find((b) => b.value === value)?.dataset.label ?? words.none;

  function press(form, value) {
    if (pressed(form) === value) return; // tapped twice
    const { round, statement } = fields(form);
    const all = queue();
    const last = Math.max(0, ...Object.values(all).map((entry) => entry.n));
    all[name(round, statement)] = { round, statement, value, n: Math.max(Date.now(), last + 1) };
    put(ANSWERS, all);
    paint(form);
    flush();
  }

  function show(form, value, kind, text, which) {
    for (const button of steps(form)) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
    const said = form.querySelector(".said");
    const first = document.createElement("span");
    first.className = kind;
    first.textContent = text;
    const second = document.createElement("span");
    second.className = "which";
    second.textContent = which;
    said.replaceChildren(first, " ", second);
  }

  function paint(form) {
    const { round, statement } = fields(form);
    const waiting = queue()[name(round, statement)];
    if (!waiting) return;
    const text = failing ? words.unsent_short : words.sending;
    show(form, waiting.value, failing ? "bad" : "wait", text, "");
  }

  function formOf(entry) {
    const section = document.getElementById(`s-${entry.statement}`);
    const form = section?.querySelector("form[data-answer]");
    return form && form.elements.round.value === entry.round ? form : null;
  }

  function settled(entry, reply) {
    const all = queue();
    const key = name(entry.round, entry.statement);
    const newest = all[key]?.n === entry.n;
    if (newest) {
      delete all[key];
      put(ANSWERS, Object.keys(all).length ? all : null);
    }
    const form = formOf(entry);
    if (reply.ok && form) {
      form.dataset.saved = entry.value;
      const item = form.closest(".item");
      item.dataset.done = "";
      if (item.querySelector("[data-later]")) refresh(); // now the room may be seen
      if (newest) show(form, entry.value, "ok", words.saved, label(form, entry.value));
    } else if (!reply.ok) {
      tell(reply.message);
      if (form && newest) show(form, form.dataset.saved, "bad", reply.message, "");
      if (!form || reply.state !== "bad-value") refresh();
    }
    progress(reply.ok);
  }

  function progress(aloud) {
    const bar = document.getElementById("progress");
    if (!bar) return;
    const n = main().querySelectorAll(".item").length;
    const x = main().querySelectorAll(".item[data-done]").length;
    const unsent = failing ? Object.keys(queue()).length : 0;
    const all = n > 0 && x === n;
    const text = fill(all ? words.all_saved : words.progress, { x, n });
    bar.querySelector("rect").setAttribute("width", x);
    const strong = bar.querySelector("strong");
    strong.className = all && !unsent ? "ok" : "";
    strong.textContent = unsent ? `${text} · ${unsent} ${words.unsent_short}` : text;
    if (aloud && all && main().dataset.state !== "saved") tell(text);
    main().dataset.state = all ? "saved" : "open";
  }

  function repaint() {
    main().querySelectorAll("form[data-answer]").forEach(paint);
    progress(false);
  }

  /* One at a time and in order; a newer tap on the same statement replaces an older one. */
  async function flush() {
    if (busy) return;
    busy = true;
    clearTimeout(retry);
    try {
      for (;;) {
        const [entry] = Object.values(queue()).sort((a, b) => a.n - b.n);
        if (!entry) break;
        const { round, statement, value } = entry;
        const reply = await post("answer", { round, statement, value });
        if (reply === null) return later();
        recovered();
        settled(entry, reply);
      }
      await sendDraft();
    } finally {
      busy = false;
    }
    if (Object.keys(queue()).length && !failing) flush();
  }

  function recovered() {
    if (failing) {
      failing = false;
      repaint();
    }
    pause = 1000;
  }

  function later() {
    if (!failing) tell(words.unsent);
    failing = true;
    repaint();
    retry = setTimeout(flush, pause + Math.random() * 500);
    pause = Math.min(pause * 2, 15000);
  }

  /* ---- contributions ---- */

  const writing = () => main().querySelector("form[data-contribute]");

  function typed(form) {
    const chosen = form.querySelector("[name=aspect]:checked");
    return { text: form.elements.text.value, aspect: chosen ? chosen.value : "" };
  }

  function problem(text) {
    const form = writing();
    if (!form) return;
    document.getElementById("problem").textContent = text;
    if (text) form.elements.text.setAttribute("aria-invalid", "true");
    else form.elements.text.removeAttribute("aria-invalid");
  }

  function count(form) {
    const area = form.elements.text;
    const limit = Number(area.dataset.limit);
    // As the server counts: composed characters, white space in a row as one.
    const n = [...area.value.normalize("NFC").replace(/\s+/g, " ").trim()].length;
    const place = document.getElementById("count");
    place.textContent = fill(words.count, { n, limit });
    place.className = n > limit ? "bad" : "";
  }

  async function sendDraft() {
    const form = writing();
    if (!form) return;
    const round = form.elements.round.value;
    const draft = get(draftKey(round));
    if (!draft?.sent) return;
    const button = form.querySelector("button.main");
    button.setAttribute("aria-disabled", "true");
    const reply = await post("contribute", { round, aspect: draft.aspect, text: draft.text });
    button.removeAttribute("aria-disabled");
    if (reply === null) {
      problem(words.unsent);
      return later();
    }
    recovered();
    tell(reply.message);
    const now = get(draftKey(round));
    const same = now && now.text === draft.text;
    const area = writing()?.elements.text;
    if (reply.ok || reply.state === "closed") {
      // What came too late the server keeps, and shows on the page that comes now.
      if (same) put(draftKey(round), null);
      if (same && area) area.value = "";
      problem(reply.state === "twice" ? reply.message : "");
      area?.removeAttribute("aria-invalid");
      if (area) count(writing());
      refresh();
    } else {
      if (now) put(draftKey(round), { ...now, sent: false });
      problem(reply.message);
      area?.focus();
      if (reply.state === "not-joined") refresh();
    }
  }

  function bindWriting(form) {
    const round = form.elements.round.value;
    const kept = get(draftKey(round));
    if (kept && kept.text.trim()) {
      form.elements.text.value = kept.text;
      const radio = form.querySelector(`[name=aspect][value="${CSS.escape(kept.aspect)}"]`);
      if (radio) radio.checked = true;
    }
    count(form);
    form.addEventListener("input", () => {
      put(draftKey(round), { ...typed(form), sent: false });
      problem("");
      count(form);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      put(draftKey(round), { ...typed(form), sent: true });
      flush();
    });
  }

  /* What was typed when the round closed is shown once more, for its author to copy. */
  function showLate() {
    const round = main().dataset.view.split(":")[1];
    const kept = get(draftKey(round));
    if (!kept?.text.trim() || main().querySelector(".late")) return;
    const section = document.createElement("section");
    section.className = "late";
    const sentence = document.createElement("p");
    sentence.className = "help";
    sentence.textContent = words.late;
    const quote = document.createElement("blockquote");
    quote.dir = "auto";
    quote.textContent = kept.text;
    section.append(sentence, quote);
    main().append(section);
  }

  /* ---- a page, new or exchanged ---- */

  function bind() {
    for (const form of main().querySelectorAll("form[data-answer]")) {
      form.dataset.saved = pressed(form) ?? "";
      form.addEventListener("submit", (event) => {
        if (!event.submitter) return; // an older browser: the form is sent as without script
        event.preventDefault();
        press(form, event.submitter.value);
      });
      paint(form);
    }
    if (main().querySelector("#progress")) progress(false);
    const form = writing();
    if (form) bindWriting(form);
    if (main().dataset.state === "closed") showLate();
  }

  return {
    words, main, tell, bind, flush,
    heard: () => replies, // a page asked for before the last reply may not know of it
    onChange(action) { refresh = action; },
  };
})();
