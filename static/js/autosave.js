/* A form[data-autosave] saves each field by itself, at its own address, when the field is left. A field is an element
   [data-field=path] with its controls, [data-problem] for what is wrong and [data-state] for how it is saved. Without
   this script the form is posted whole. Also here, with or without saving: lengths, and the list of agencies. */
"use strict";

(() => {
  const { send, wordsOf, clock, writeTotals, whenBack, typedInto, saveEarly, busy } = window.portal.saving;
  const controlsOf = (field) => [...field.querySelectorAll("input[name], select[name], textarea[name]")];
  const pathOf = (field) => field.dataset.field;

  /* What a field would post, as pairs. */
  const postOf = (field) => {
    const names = new Set(controlsOf(field).map((control) => control.name));
    const form = field.closest("form");
    return [...new FormData(form)].filter(([name]) => names.has(name));
  };
  const textOf = (field) => JSON.stringify(postOf(field));

  function start(form) {
    const say = wordsOf(form);
    const version = form.querySelector("[data-row-version]");
    const line = form.querySelector("[data-save-state]");
    const retry = form.querySelector("[data-save-retry]");
    const saved = new Map(); /* field -> what the server has */
    const held = new Map(); /* field -> {version} of a conflict not decided */
    const waiting = new Set();
    let running = false;

    const fields = [...form.querySelectorAll("[data-field]")];
    const early = fields.filter((field) => controlsOf(field).some(typedInto));
    for (const field of fields) saved.set(field, early.includes(field) ? null : textOf(field));

    function state(field, className, sign, text) {
      const box = field.querySelector("[data-state]");
      const words = document.createElement("span");
      words.className = className;
      const mark = document.createElement("span");
      mark.setAttribute("aria-hidden", "true");
      mark.textContent = sign;
      const said = document.createElement("span");
      said.className = "words";
      said.textContent = text;
      words.append(mark, " ", said);
      box.replaceChildren(...(text ? [words] : []));
      field.dataset.sign = sign;
      if (line) line.replaceChildren(...(text ? [words.cloneNode(true)] : []));
      if (retry) retry.hidden = !fields.some((one) => one.dataset.sign === "✕");
    }

    function problem(field, text) {
      const box = field.querySelector("[data-problem]");
      field.classList.toggle("has-error", Boolean(text));
      field.classList.remove("has-warning");
      box.replaceChildren();
      if (!text) return;
      const words = document.createElement("p");
      words.className = "error";
      const aloud = document.createElement("span");
      aloud.className = "aloud";
      aloud.textContent = `${say("Error")} `;
      const body = document.createElement("span");
      body.append(aloud, text);
      const mark = document.createElement("span");
      mark.setAttribute("aria-hidden", "true");
      mark.textContent = "!";
      words.append(mark, " ", body);
      box.append(words);
    }

    /* --- Saving ------------------------------------------------------------------------------------------------ */

    function commit(field, force = false) {
      if (held.has(field) || (!force && textOf(field) === saved.get(field))) return;
      waiting.add(field);
      field.classList.add("is-waiting");
      state(field, "work-ink", "…", say("Waiting"));
      run();
    }

    async function run() {
      if (running) return;
      running = true;
      while (waiting.size) {
        const [field] = waiting;
        waiting.delete(field);
        const sent = textOf(field);
        const pairs = [["path", pathOf(field)], ["row_version", version.value], ...postOf(field)];
        take(field, sent, await send(form.action, pairs, say));
      }
      running = false;
    }

    function take(field, sent, { answer, reason, signedOut }) {
      field.classList.remove("is-waiting");
      if (!answer) {
        field.dataset.again = signedOut ? "signed-out" : "yes";
        field.classList.add("is-unsaved");
        return void state(field, "bad-ink", "✕", say("Unsaved", { reason }));
      }
      field.classList.remove("is-unsaved");
      delete field.dataset.again;
      if (answer.status === "conflict") return void choose(field, answer);
      if (!answer.fields) {
        field.classList.add("is-unsaved");
        return void state(field, "bad-ink", "✕", say("Unsaved", { reason: answer.message }));
      }
      version.value = answer.row_version;
      saved.set(field, sent);
      writeTotals(form, answer.totals);
      for (const [path, one] of Object.entries(answer.fields)) settle(path, one, sent, field, clock(answer));
    }

    function settle(path, one, sent, asked, time) {
      const field = fields.find((other) => pathOf(other) === path);
      if (!field) return;
      const untouched = field === asked ? textOf(field) === sent : textOf(field) === saved.get(field);
      if (!untouched) return; /* typed on meanwhile: that is saved next */
      if (one.status === "saved") put(field, one.value);
      saved.set(field, textOf(field));
      problem(field, one.message);
      if (field !== asked) return;
      if (one.status === "saved") state(field, "ok-ink", "✓", say("Saved", { time }));
      else state(field, "bad-ink", "!", "");
      field.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true, detail: { name: path } }));
      field.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true, detail: { name: `${path}-words` } }));
    }

    /* A value as the server writes it: a text, or for ticked parties one token a line. */
    function put(field, value) {
      const boxes = field.querySelectorAll("input[type=checkbox]");
      const [control] = controlsOf(field);
      if (!boxes.length) {
        if (control !== document.activeElement || control.tagName !== "TEXTAREA") control.value = value;
        if (control.tagName === "TEXTAREA") grow(control);
        return;
      }
      const tokens = value.split("\n");
      for (const box of boxes) box.checked = tokens.includes(box.value);
      const words = tokens.filter((token) => token.startsWith("text:")).map((token) => token.slice(5));
      field.querySelector("textarea").value = words.join("\n");
    }

    function choose(field, answer) {
      const one = answer.fields[pathOf(field)];
      const box = form.querySelector("[data-conflict-template]").content.cloneNode(true).firstElementChild;
      held.set(field, answer.row_version);
      field.querySelector(".field-conflict")?.remove();
      field.classList.add("has-conflict");
      state(field, "wait-ink", "⇄", say("Unsaved", { reason: answer.message }));
      box.querySelector("[data-conflict-message]").textContent = answer.message;
      box.querySelector("[data-conflict-yours]").textContent = one.yours || "–";
      box.querySelector("[data-conflict-theirs]").textContent = one.theirs || "–";
      for (const button of box.querySelectorAll("[data-conflict-choice]")) {
        button.addEventListener("click", () => {
          version.value = Math.max(Number(version.value), Number(held.get(field)));
          held.delete(field);
          field.classList.remove("has-conflict");
          box.remove();
          if (button.dataset.conflictChoice === "yours") return commit(field, true);
          put(field, one.value);
          saved.set(field, textOf(field));
          problem(field, "");
          state(field, "", "", "");
          field.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true, detail: { name: pathOf(field) } }));
          controlsOf(field)[0]?.focus();
        });
      }
      field.append(box);
      box.focus({ preventScroll: true });
      box.scrollIntoView({ block: "center" });
    }

    const again = () => fields.forEach((field) => field.classList.contains("is-unsaved") && commit(field, true));
    retry?.addEventListener("click", again);
    whenBack(() => fields.forEach((field) => field.dataset.again && commit(field, true)));

    form.addEventListener("change", (event) => {
      const field = event.target.closest("[data-field]");
      if (field && event.target.name) commit(field);
    });

    form.addEventListener("input", (event) => {
      const field = event.target.closest("[data-field]");
      if (field && event.target.name && !held.has(field) && textOf(field) !== saved.get(field)) {
        state(field, "work-ink", "✎", say("Changed"));
      }
    });

    for (const field of early) state(field, "work-ink", "✎", say("Changed"));
    saveEarly(form, early, commit);

    busy.push(() => running);
  }

  /* --- Fields as high as their text ---------------------------------------------------------------------------------- */

  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  const growAll = () => document.querySelectorAll(".line-form textarea").forEach(grow);
  document.addEventListener("input", (event) => event.target.matches(".line-form textarea") && grow(event.target));
  window.addEventListener("resize", growAll);
  growAll();

  /* --- Lengths ----------------------------------------------------------------------------------------------------- */

  function measure(control) {
    const form = control.closest("form");
    const limit = Number(control.dataset.limit);
    const length = control.value.normalize("NFC").trim().length;
    let note = control.parentElement.querySelector("[data-length]");
    if (length < limit * 0.8) return note?.remove();
    if (!note) {
      note = document.createElement("p");
      note.dataset.length = "";
      control.after(note);
    }
    note.className = length > limit ? "help bad-ink" : "help";
    note.textContent = wordsOf(form)(length > limit ? "TooLong" : "Length", { length, limit });
  }

  document.addEventListener("input", (event) => event.target.dataset?.limit && measure(event.target));

  /* --- The list of agencies: what is typed narrows it, without diacritics; what is ticked goes up -------------------- */

  const bare = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d").trim();

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-parties] [data-filter]")) return;
    const wanted = bare(event.target.value).split(/\s+/);
    for (const group of event.target.closest("details").querySelectorAll("fieldset")) {
      const labels = [...group.querySelectorAll("label")];
      for (const label of labels) label.hidden = !wanted.every((word) => bare(label.textContent).includes(word));
      group.hidden = labels.every((label) => label.hidden);
    }
  });

  document.addEventListener("change", (event) => {
    const list = event.target.closest?.(".party-list");
    if (!list || event.target.type !== "checkbox") return;
    list.closest("[data-parties]").querySelector("[data-chosen]").append(event.target.closest("label"));
    event.target.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-filter]")) event.preventDefault();
  });

  document.querySelectorAll("form[data-autosave]").forEach(start);
})();
