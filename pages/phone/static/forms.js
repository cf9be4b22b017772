"use strict";
/* The forms of a page: steps that are tapped, texts that are written, and what is said of both. */
(() => {
  const { words, main, get, put, fill, tell, on, newKey, add, mark, waiting } = window.einklang;
  const { flush, failing } = window.einklang;
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };
  const round = () => main().dataset.view.split(":")[1];
  const ofRound = (path) =>
    waiting().filter((e) => e.path === path && e.fields.round === round());

  /* ---- answers ---- */

  const keyOf = (form) => `${form.elements.round.value}|${form.elements.statement.value}`;
  const steps = (form) => [...form.querySelectorAll("button[name=value]")];
  const pressed = (form) => form.querySelector("[aria-pressed=true]")?.value;
  const label = (form, value) =>
    steps(form).find((b) => b.value === value)?.dataset.label ?? words.none;
  const formOf = (key) =>
    [...main().querySelectorAll("form[data-answer]")].find((form) => keyOf(form) === key);

  function press(form, value) {
    if (pressed(form) === value) return; // tapped twice
    const { round, statement } = form.elements;
    add(keyOf(form), "answer", { round: round.value, statement: statement.value, value });
    paint(form);
  }

  function show(form, value, kind, text, which) {
    for (const button of steps(form)) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
    const said = [element("span", kind, text), " ", element("span", "which", which)];
    form.querySelector(".said").replaceChildren(...said);
  }

  function paint(form) {
    const entry = waiting().find((e) => e.key === keyOf(form));
    if (!entry) return;
    const [kind, text] = failing() ? ["bad", words.unsent_short] : ["wait", words.sending];
    show(form, entry.fields.value, kind, text, "");
  }

  function answered(entry, reply, newest) {
    const form = formOf(entry.key);
    const { value } = entry.fields;
    if (reply.ok && form) {
      form.dataset.saved = value;
      const item = form.closest(".item");
      item.dataset.done = "";
      if (item.querySelector("[data-later]")) on.refresh(); // now the room may be seen
      if (newest) show(form, value, "ok", words.saved, label(form, value));
    } else if (!reply.ok) {
      tell(reply.message);
      if (form && newest) show(form, form.dataset.saved, "bad", reply.message, "");
      if (!form || reply.state !== "bad-value") on.refresh();
    }
    progress(reply.ok);
  }

  function progress(aloud) {
    const bar = document.getElementById("progress");
    if (!bar) return;
    const n = main().querySelectorAll(".item").length;
    const x = main().querySelectorAll(".item[data-done]").length;
    const unsent = failing() ? ofRound("answer").length : 0;
    const whole = n > 0 && x === n;
    const text = fill(whole ? words.all_saved : words.progress, { x, n });
    bar.querySelector("rect").setAttribute("width", x);
    const strong = bar.querySelector("strong");
    strong.className = whole && !unsent ? "ok" : "";
    strong.textContent = unsent ? `${text} · ${unsent} ${words.unsent_short}` : text;
    if (aloud && whole && main().dataset.state !== "saved") tell(text);
    main().dataset.state = whole ? "saved" : "open";
  }

  /* ---- contributions ---- */

  const writing = () => main().querySelector("form[data-contribute]");
  const draft = () => `${round()}:draft`;
  // As the server counts: composed characters, white space in a row as one.
  const length = (text) => [...text.normalize("NFC").replace(/\s+/g, " ").trim()].length;

  function typed(form) {
    const chosen = form.querySelector("[name=aspect]:checked");
    return { text: form.elements.text.value, aspect: chosen ? chosen.value : "" };
  }

  /* One line beside the field, of what is wrong with its text or has become of the last one. */
  function beside(text, kind) {
    const line = document.getElementById("problem");
    if (!line) return;
    line.textContent = text;
    line.className = kind;
    const wrong = kind === "bad" && writing().elements.text.value.trim();
    if (wrong) writing().elements.text.setAttribute("aria-invalid", "true");
    else writing().elements.text.removeAttribute("aria-invalid");
  }

  function count(form) {
    const area = form.elements.text;
    const limit = Number(area.dataset.limit);
    const n = length(area.value);
    const line = document.getElementById("count");
    line.textContent = fill(words.count, { n, limit });
    line.className = n > limit ? "bad" : "";
  }

  function send(form) {
    const { text, aspect } = typed(form);
    const area = form.elements.text;
    const n = length(text), limit = Number(area.dataset.limit);
    if (!n || n > limit) {
      const trouble = n ? fill(words.too_long, { n, limit }) : words.empty;
      beside(trouble, "bad");
      tell(trouble);
      area.focus();
      return;
    }
    area.value = "";
    put(draft(), null);
    count(form);
    beside(words.sending, "wait");
    add(newKey(), "contribute", { round: round(), aspect, text });
    paintTexts();
  }

  /* What is under way stands in the list where it will stay. */
  function paintTexts() {
    const list = document.getElementById("unsent");
    if (!list) return;
    const [kind, said] = failing() ? ["bad", words.unsent_short] : ["wait", words.sending];
    const lines = ofRound("contribute").map(({ fields }) => {
      const line = document.createElement("li");
      const head = element("span", "kind", words[fields.aspect] ?? "");
      head.append(" · ", element("span", kind, said));
      const text = element("span", "said-text", fields.text);
      text.dir = "auto";
      line.append(head, " ", text);
      return line;
    });
    list.replaceChildren(...lines);
    list.hidden = !lines.length;
    if (lines.length && failing()) beside(said, kind);
  }

  function contributed(entry, reply, newest) {
    const form = writing();
    const here = form && entry.fields.round === round();
    tell(reply.message);
    if (reply.ok) {
      if (here && !form.elements.text.value) beside(reply.message, "ok");
    } else if (here && newest && reply.state !== "closed" && !form.elements.text.value) {
      form.elements.text.value = entry.fields.text; // back to its author, who can mend it
      put(draft(), typed(form));
      count(form);
      beside(reply.message, "bad");
      paintTexts();
    }
    on.refresh();
  }

  function bindWriting(form) {
    const kept = get(draft());
    if (kept?.text.trim()) {
      form.elements.text.value = kept.text;
      const radio = form.querySelector(`[name=aspect][value="${CSS.escape(kept.aspect)}"]`);
      if (radio) radio.checked = true;
    } else if (ofRound("contribute").some((e) => e.fields.text === form.elements.text.value)) {
      form.elements.text.value = ""; // came too late once, and is sent anew by itself
    }
    count(form);
    form.addEventListener("input", () => {
      put(draft(), typed(form));
      beside("", "bad");
      count(form);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
    paintTexts();
  }

  /* What the round closed upon is shown once more: a text for its author to copy. */
  function showLate() {
    main().querySelector("section.late")?.remove();
    const has = [...main().querySelectorAll("blockquote")].map((quote) => quote.textContent);
    const texts = ofRound("contribute").filter((e) => e.late).map((e) => e.fields.text);
    texts.push(get(draft())?.text ?? "");
    const lost = texts.filter((text) => text.trim() && !has.includes(text));
    const answers = ofRound("answer").filter((e) => e.late).length;
    const section = element("section", "late", "");
    if (lost.length) section.append(element("p", "help", words.late));
    for (const text of lost) {
      const quote = element("blockquote", "", text);
      quote.dir = "auto";
      section.append(quote);
    }
    if (answers) section.append(element("p", "help", fill(words.late_answers, { n: answers })));
    if (section.childElementCount) main().append(section);
  }

  /* ---- a page, new or exchanged ---- */

  function bind() {
    if (["open", "saved"].includes(main().dataset.state)) {
      for (const entry of waiting()) {
        if (entry.late && entry.fields.round === round()) mark(entry, { late: false });
      }
    }
    for (const form of main().querySelectorAll("form[data-answer]")) {
      form.dataset.saved = pressed(form) ?? "";
      form.addEventListener("submit", (event) => {
        if (!event.submitter) return; // an older browser: the form is sent as without script
        event.preventDefault();
        press(form, event.submitter.value);
      });
      paint(form);
    }
    progress(false);
    const form = writing();
    if (form) bindWriting(form);
    if (main().dataset.state === "closed") showLate();
    flush();
  }

  on.change = () => {
    main().querySelectorAll("form[data-answer]").forEach(paint);
    progress(false);
    paintTexts();
  };
  on.settled = (entry, reply, newest) => {
    (entry.path === "answer" ? answered : contributed)(entry, reply, newest);
    // The page of the closed round may have come before the word that this was too late for it.
    if (main().dataset.state === "closed") showLate();
  };
  Object.assign(window.einklang, { bind, paintTexts });
})();
