"use strict";
/* Options that are answered together: chosen from, put in order, given points. What is not whole
   yet stays on this phone; what is whole is sent, and so is every later change of it. */
(() => {
  const { words, main, get, put, fill, tell, on, add, waiting, failing, parts } = window.einklang;
  const sheet = () => main().querySelector("form[data-sheet]");
  const roundOf = (form) => form.elements.round.value;
  const draftOf = (form) => `${roundOf(form)}:sheet`;
  const pending = (form) =>
    waiting().find((e) => e.path === "sheet" && e.fields.round === roundOf(form));
  const controls = (form) =>
    [...form.elements].filter((e) => e.name === "choice" || e.name.startsWith("v-"));
  const none = (form) => form.querySelector("[name=none]");
  const rows = (form) => [...form.querySelectorAll(".option")];
  const control = (row) => row.querySelector("[name^=v-]");
  const named = (row) => row.querySelector("[id^=t-]").textContent;
  const total = (numbers) => numbers.reduce((sum, n) => sum + n, 0);
  let refusal = ""; // of the last sending, until something is changed

  /* The form's own controls hold what is given: by name what a browser would send. */
  function read(form) {
    const found = {};
    for (const { name, type, value, checked } of controls(form)) {
      if (type === "radio" || type === "checkbox" ? checked : Number(value)) found[name] = value;
    }
    return found;
  }

  function write(form, given) {
    for (const one of controls(form)) {
      const value = given[one.name] ?? "";
      if (one.type === "radio") one.checked = one.value === value;
      else if (one.type === "checkbox") one.checked = value !== "";
      else one.value = value;
    }
  }

  /* ---- what is still missing ---- */

  function state(form) {
    const given = read(form);
    const numbers = Object.values(given).map(Number);
    const most = Number(form.dataset.most), n = controls(form).length;
    const count = numbers.length;
    switch (form.dataset.sheet) {
      case "one":
        return { given, whole: count === 1, done: count, of: 1, left: "" };
      case "choose": {
        const left = fill(words.free, { x: most - count, n: most });
        return { given, whole: count > 0, done: count, of: most, left, always: true };
      }
      case "rank": {
        const left = fill(words.placed, { x: count, n });
        return { given, whole: count === n, done: count, of: n, left };
      }
      default: {
        const sum = total(numbers), rest = most - sum, over = Math.abs(rest);
        const which = `${over === 1 ? "point" : "points"}_${rest < 0 ? "over" : "left"}`;
        const left = fill(words[which], { n: over });
        return { given, whole: rest === 0, done: sum, of: most, left, over: rest < 0, rest };
      }
    }
  }

  /* ---- the line at the bottom ---- */

  function line(form, now) {
    const waits = pending(form);
    const abstains = none(form).getAttribute("aria-pressed") === "true";
    const more = now.always && !abstains ? now.left : "";
    if (refusal) return ["bad", refusal, ""];
    if (!(abstains || now.whole) || !(waits || form.hasAttribute("data-kept"))) {
      return [now.over ? "bad" : "", now.left || words.unanswered, ""];
    }
    if (waits) return failing() ? ["bad", words.unsent_short, more] : ["", words.sending, more];
    return ["ok", abstains ? words.saved_none : words.saved, more];
  }

  function paint() {
    const form = sheet();
    if (!form) return;
    const now = state(form);
    const [kind, text, more] = line(form, now);
    const place = document.getElementById("status");
    place.querySelector("rect").setAttribute("width", Math.min(now.done, now.of));
    const strong = place.querySelector("strong");
    strong.className = kind;
    strong.textContent = text;
    strong.nextElementSibling.textContent = more;
    form.toggleAttribute("data-begun", now.done > 0);
    if (form.dataset.sheet === "rank") paintPlaces(form, now.whole);
    if (form.dataset.sheet === "allocate") paintPoints(form, now);
  }

  function paintPlaces(form, full) {
    form.toggleAttribute("data-full", full);
    const all = rows(form);
    for (const row of all) {
      const { value } = control(row);
      const pick = row.querySelector(".pick");
      pick.setAttribute("aria-pressed", String(value !== ""));
      pick.querySelector(".tick").textContent = value;
      const [up, down] = row.querySelectorAll(".moves button");
      up.setAttribute("aria-disabled", String(value === "1"));
      down.setAttribute("aria-disabled", String(Number(value) === all.length));
    }
  }

  function paintPoints(form, { rest, of }) {
    for (const row of rows(form)) {
      const [less, more] = row.querySelectorAll("button");
      less.setAttribute("aria-disabled", String(!Number(control(row).value)));
      more.setAttribute("aria-disabled", String(rest <= 0));
      const share = Math.min(100, (100 * control(row).value) / of);
      row.querySelector(".given rect").setAttribute("width", share);
    }
  }

  /* ---- what is done to it ---- */

  function changed(form) {
    const now = state(form);
    refusal = "";
    none(form).setAttribute("aria-pressed", "false");
    put(draftOf(form), now.whole || form.dataset.sheet === "choose" ? null : now.given);
    if (now.whole) send(form, now.given);
    paint();
  }

  function send(form, fields) {
    const round = roundOf(form);
    add(`${round}|sheet`, "sheet", { round, ...fields });
  }

  function abstain(form) {
    if (none(form).getAttribute("aria-pressed") === "true") return; // tapped twice
    refusal = "";
    write(form, {});
    none(form).setAttribute("aria-pressed", "true");
    put(draftOf(form), null);
    send(form, { none: "1" });
    paint();
  }

  function choose(form, box) {
    const { most } = form.dataset;
    if (form.dataset.sheet === "choose" && Object.keys(read(form)).length > most) {
      box.checked = false;
      refusal = fill(words.at_most, { n: most });
      tell(refusal);
      paint();
    } else {
      changed(form);
    }
  }

  /* Places are filled in the order of the taps; another tap takes a place back. */
  function pick(form, row) {
    if (form.hasAttribute("data-full")) return;
    const mine = control(row), old = Number(mine.value);
    if (old) {
      for (const other of controls(form)) if (Number(other.value) > old) other.value -= 1;
      mine.value = "";
    } else {
      mine.value = Object.keys(read(form)).length + 1;
    }
    moved(form, row);
  }

  function move(form, row, by) {
    const mine = control(row), place = Number(mine.value) + by;
    const other = controls(form).find((e) => Number(e.value) === place);
    if (!other) return;
    [mine.value, other.value] = [other.value, mine.value];
    moved(form, row);
  }

  function moved(form, row) {
    const active = document.activeElement;
    changed(form);
    sort(form);
    if (form.contains(active)) active.focus({ preventScroll: true }); // lost when its row moved
    const { value } = control(row);
    const what = value ? fill(words.place, { n: value }) : words.no_place;
    tell(`${named(row)}: ${what}. ${document.querySelector("#status strong").textContent}`);
  }

  /* Once all have a place they stand in their order. */
  function sort(form) {
    if (form.dataset.sheet !== "rank" || !form.hasAttribute("data-full")) return;
    const sorted = rows(form).sort((a, b) => control(a).value - control(b).value);
    form.querySelector(".options").append(...sorted);
  }

  function again(form) {
    write(form, {});
    changed(form);
    tell(document.querySelector("#status strong").textContent);
  }

  function give(form, row, sign) {
    const mine = control(row), old = Number(mine.value), { rest } = state(form);
    const step = Number(form.dataset.step);
    const value = sign > 0 ? old + Math.min(step, Math.max(0, rest)) : Math.max(0, old - step);
    if (value !== old) {
      mine.value = value;
      changed(form);
    }
    tell(`${value}. ${document.querySelector("#status strong").textContent}`);
  }

  function clicked(form, event) {
    const button = event.target.closest("button[type=button]");
    const row = button?.closest(".option");
    switch (button?.value) {
      case "pick":
        if (event.detail < 2) pick(form, row); // the second tap of a double one means nothing
        break;
      case "up": move(form, row, -1); break;
      case "down": move(form, row, 1); break;
      case "less": give(form, row, -1); break;
      case "more": give(form, row, 1); break;
      case "again": again(form); break;
    }
  }

  /* ---- a page, new or exchanged, and what the server said ---- */

  function bind() {
    const form = sheet();
    refusal = "";
    if (!form) return;
    const draft = get(draftOf(form)), waits = pending(form);
    if (draft || waits) {
      write(form, draft ?? waits.fields);
      none(form).setAttribute("aria-pressed", String(!draft && "none" in waits.fields));
    }
    form.addEventListener("click", (event) => clicked(form, event));
    form.addEventListener("change", ({ target }) => {
      if (["radio", "checkbox"].includes(target.type)) choose(form, target);
    });
    form.addEventListener("input", ({ target }) => {
      if (target.type !== "number") return;
      changed(form);
      tell(document.querySelector("#status strong").textContent);
    });
    form.addEventListener("focusin", ({ target }) => {
      if (target.type === "number") target.select();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.name === "none") abstain(form);
    });
    if (!draft && !waits && touched(form)) changed(form);
    paint();
    sort(form);
  }

  /* Whether somebody was faster than this script. */
  const touched = (form) =>
    controls(form).some((e) =>
      ["radio", "checkbox"].includes(e.type)
        ? e.checked !== e.defaultChecked
        : e.type === "number" && e.value !== e.defaultValue);

  function settled(entry, reply, newest) {
    const form = sheet();
    const here = form && entry.fields.round === roundOf(form);
    tell(reply.ok ? words.saved : reply.message);
    if (reply.ok && here) {
      form.dataset.kept = "";
      main().dataset.state = "saved";
      if (form.hasAttribute("data-later")) on.refresh(); // now the room may be seen
    } else if (!reply.ok) {
      if (here && newest && reply.state !== "closed") refusal = reply.message;
      else on.refresh();
    }
    paint();
  }

  parts.sheet = { bind, change: paint, settled };
})();
