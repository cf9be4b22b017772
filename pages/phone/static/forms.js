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

  /* A statement has a form for each of its scales: one, or the two of a matrix. Values are by
     axis: "" for nothing yet, "0" for no answer, which is always of the whole statement. */
  const itemOf = ({ round, statement }) =>
    [...main().querySelectorAll(".item")].find((item) => {
      const fields = item.querySelector("form")?.elements;
      return fields?.statement.value === statement && fields.round.value === round;
    });
  const axisOf = (form) => form.elements.axis?.value ?? "";
  const formsOf = (item) => [...item.querySelectorAll("form[data-answer]")];
  const steps = (form) => [...form.querySelectorAll("button[name=value]")];
  const pressed = (form) => form.querySelector("[aria-pressed=true]")?.value ?? "";
  const saved = (item) => new Map(formsOf(item).map((f) => [axisOf(f), f.dataset.saved]));
  const whole = (values) => ![...values.values()].includes("");
  const waitingFor = (item) =>
    waiting().filter((e) => e.path === "answer" && itemOf(e.fields) === item);

  function set(values, { axis = "", value }) {
    for (const [key, old] of values) {
      if (value === "0" || old === "0") values.set(key, value === "0" ? "0" : "");
    }
    values.set(axis, value);
  }

  /* What will hold once all that waits has been sent. */
  function soonOf(item) {
    const values = saved(item);
    for (const { fields } of waitingFor(item)) set(values, fields);
    return values;
  }

  function press(form, value) {
    const item = form.closest(".item"), axis = axisOf(form);
    if (soonOf(item).get(axis) === value) return; // tapped twice
    const { round, statement } = form.elements;
    const fields = { round: round.value, statement: statement.value, value };
    if (axis) fields.axis = axis;
    add([fields.round, fields.statement, axis].filter(Boolean).join("|"), "answer", fields);
    paint(item);
  }

  function show(item, values, kind, text, which) {
    for (const form of formsOf(item)) {
      for (const button of steps(form)) {
        button.setAttribute("aria-pressed", String(button.value === values.get(axisOf(form))));
      }
    }
    const said = [element("span", kind, text), " ", element("span", "which", which)];
    item.querySelector(".said").replaceChildren(...said);
  }

  function paint(item) {
    if (!waitingFor(item).length) return;
    const [kind, text] = failing() ? ["bad", words.unsent_short] : ["wait", words.sending];
    show(item, soonOf(item), kind, text, "");
  }

  /* What stands beside *Saved*: the label that was chosen, or what is still missing. */
  function which(item, values) {
    const forms = formsOf(item);
    if (values.get(axisOf(forms[0])) === "0") return words.none;
    if (!whole(values)) return words.half;
    if (forms.length > 1) return "";
    return steps(forms[0]).find((b) => b.value === values.get("")).dataset.label;
  }

  function answered(entry, reply) {
    const item = itemOf(entry.fields);
    if (reply.ok && item) {
      const values = saved(item);
      set(values, entry.fields);
      for (const form of formsOf(item)) form.dataset.saved = values.get(axisOf(form));
      item.toggleAttribute("data-done", whole(values));
      if (item.querySelector("[data-later]")) on.refresh(); // now the room may be seen
      if (!waitingFor(item).length) show(item, values, "ok", words.saved, which(item, values));
    } else if (!reply.ok) {
      tell(reply.message);
      if (item && !waitingFor(item).length) show(item, saved(item), "bad", reply.message, "");
      if (!item || reply.state !== "bad-value") on.refresh();
    }
    progress(reply.ok);
  }

  function progress(aloud) {
    const bar = document.getElementById("progress");
    if (!bar) return;
    const n = main().querySelectorAll(".item").length;
    const x = main().querySelectorAll(".item[data-done]").length;
    const unsent = failing() ? ofRound("answer").length : 0;
    const all = n > 0 && x === n;
    const text = fill(all ? words.all_saved : words.progress, { x, n });
    bar.querySelector("rect").setAttribute("width", x);
    const strong = bar.querySelector("strong");
    strong.className = all && !unsent ? "ok" : "";
    strong.textContent = unsent ? `${text} · ${unsent} ${words.unsent_short}` : text;
    if (aloud && all && main().dataset.state !== "saved") tell(text);
    main().dataset.state = all ? "saved" : "open";
  }

  function bindAnswers() {
    for (const item of main().querySelectorAll(".item")) {
      const none = item.querySelector(".none[aria-pressed=true]");
      for (const form of formsOf(item)) {
        form.dataset.saved = none ? "0" : pressed(form);
        form.addEventListener("submit", (event) => {
          if (!event.submitter) return; // an older browser: the form is sent as without script
          event.preventDefault();
          press(form, event.submitter.value);
        });
      }
      paint(item);
    }
    progress(false);
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
    const form = writing();
    if (!form) return;
    const [kind, said] = failing() ? ["bad", words.unsent_short] : ["wait", words.sending];
    const entries = ofRound("contribute");
    if (form.dataset.most) paintWords(form, entries, said);
    else paintUnsent(entries, kind, said);
    if (entries.length && failing()) beside(said, kind);
  }

  function paintUnsent(entries, kind, said) {
    const list = document.getElementById("unsent");
    const lines = entries.map(({ fields }) => {
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
  }

  /* Words stand in one row, and there are only so many. */
  function paintWords(form, entries, said) {
    const list = document.getElementById("sent"), line = document.getElementById("left");
    list.querySelectorAll(".wait").forEach((old) => old.remove());
    for (const { fields } of entries) {
      const word = element("li", "wait", fields.text);
      word.dir = "auto";
      word.append(element("span", "vh", `, ${said}`));
      list.append(word);
    }
    const n = form.dataset.most, x = Math.max(0, line.dataset.left - entries.length);
    for (const control of [form.elements.text, form.querySelector("button")]) {
      control.disabled = !x;
    }
    if (x || entries.length) line.textContent = fill(words.free, { x, n });
  }

  function contributed(entry, reply, newest) {
    const form = writing();
    const here = form && entry.fields.round === round();
    tell(reply.message);
    if (reply.ok) {
      if (here && !form.elements.text.value) beside(reply.message, "ok");
      if (here && reply.state === "twice") paintTexts(); // the page that comes may be the same
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
    const late = (path) => ofRound(path).filter((e) => e.late).length;
    const answers = late("answer") + late("sheet");
    const section = element("section", "late", "");
    if (lost.length) section.append(element("p", "help", words.late));
    for (const text of lost) {
      const quote = element("blockquote", "", text);
      quote.dir = "auto";
      section.append(quote);
    }
    if (answers) section.append(element("p", "help", fill(words.late_answers, { n: answers })));
    if (get(`${round()}:sheet`)) section.append(element("p", "help", words.late_sheet));
    if (section.childElementCount) main().append(section);
  }

  /* ---- a page, new or exchanged ---- */

  function bind() {
    if (["open", "saved"].includes(main().dataset.state)) {
      for (const entry of waiting()) {
        if (entry.late && entry.fields.round === round()) mark(entry, { late: false });
      }
    }
    for (const part of Object.values(parts)) part.bind();
    if (main().dataset.state === "closed") showLate();
    flush();
  }

  /* By the path that they send to: what each kind of form does with a page and with replies. */
  const parts = {
    answer: {
      bind: bindAnswers,
      change() {
        main().querySelectorAll(".item").forEach(paint);
        progress(false);
      },
      settled: answered,
    },
    contribute: {
      bind() {
        const form = writing();
        if (form) bindWriting(form);
      },
      change: paintTexts,
      settled: contributed,
    },
  };

  on.change = () => Object.values(parts).forEach((part) => part.change());
  on.settled = (entry, reply, newest) => {
    parts[entry.path].settled(entry, reply, newest);
    // The page of the closed round may have come before the word that this was too late for it.
    if (main().dataset.state === "closed") showLate();
  };
  Object.assign(window.einklang, { bind, paintTexts, parts });
})();
