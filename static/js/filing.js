/* The form of a report, form[data-filing]: each field saves itself when it is left. A row is [data-row=name] with its
   [data-row-version]; a field is [data-field=path] with one control, [data-problem] (or elsewhere
   [data-problem-of=path]) for what is wrong and [data-state] for how it is saved. The fields of a row go one after another, since each answer gives the version for the next.
   Also here: the percentage of a ratio while it is typed, counts of what is answered, keys of the money tables, and
   the group of lines that opens when a link leads into it. Without this script the form is posted whole. */
"use strict";

(() => {
  const { send, wordsOf, clock, whenBack, typedInto, saveEarly, busy } = window.portal.saving;
  const { percentOf } = window.portal.ratio;
  const control = (field) => field.querySelector("input:not([type=hidden]), select, textarea");
  const textOf = (field) => {
    const one = control(field);
    return one.type === "checkbox" ? (one.checked ? one.value : "") : one.value;
  };
  const put = (field, value) => {
    const one = control(field);
    if (one.type === "checkbox") one.checked = value === one.value;
    else one.value = value;
  };
  const rowOf = (field) => field.closest("[data-row]");

  function start(form) {
    const say = wordsOf(form);
    const line = form.querySelector("[data-save-state]");
    const retry = form.querySelector("[data-save-retry]");
    const fields = [...form.querySelectorAll("[data-field]")];
    const early = fields.filter((field) => typedInto(control(field)));
    const isNew = (field) => Boolean(field.dataset.unsaved) || early.includes(field);
    const saved = new Map(fields.map((field) => [field, isNew(field) ? null : textOf(field)]));
    const held = new Map(); /* field -> version of a conflict that is not decided */
    const queues = new Map(); /* row -> {waiting: Set of fields, running} */

    function words(className, sign, text) {
      const box = document.createElement("span");
      const mark = document.createElement("span");
      box.className = className;
      mark.setAttribute("aria-hidden", "true");
      mark.textContent = sign;
      box.append(mark, ` ${text}`);
      return box;
    }

    function state(field, className, sign, text) {
      const box = field.querySelector("[data-state]");
      const mark = words(className, sign, "");
      mark.title = text;
      box.replaceChildren(...(sign ? [mark] : []));
      field.classList.remove("is-waiting", "is-unsaved", "is-dirty");
      if (sign === "…") field.classList.add("is-waiting");
      if (sign === "✕") field.classList.add("is-unsaved");
      if (sign === "✎") field.classList.add("is-dirty");
      line.replaceChildren(...(text ? [words(className, sign, text)] : []));
      retry.hidden = !fields.some((one) => one.classList.contains("is-unsaved"));
    }

    function problem(field, text) {
      const path = CSS.escape(field.dataset.field);
      const box = field.querySelector("[data-problem]") ?? form.querySelector(`[data-problem-of="${path}"]`);
      box.textContent = text;
      box.hidden = !text;
      field.classList.toggle("has-error", Boolean(text));
      const one = control(field);
      if (text) one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
    }

    const forget = (field) =>
      control(field).dispatchEvent(
        new CustomEvent("portal:saved", { bubbles: true, detail: { name: control(field).name } }),
      );

    /* --- Saving ------------------------------------------------------------------------------------------------ */

    function commit(field, force = false) {
      if (held.has(field)) return;
      if (!force && textOf(field) === saved.get(field)) {
        if (field.classList.contains("is-dirty")) state(field, "", "", "");
        return;
      }
      const row = rowOf(field);
      if (!queues.has(row)) queues.set(row, { waiting: new Set(), running: false });
      queues.get(row).waiting.add(field);
      state(field, "work-ink", "…", say("Waiting"));
      run(row);
    }

    async function run(row) {
      const queue = queues.get(row);
      if (queue.running) return;
      queue.running = true;
      while (queue.waiting.size) {
        const [field] = queue.waiting;
        queue.waiting.delete(field);
        const sent = textOf(field);
        const pairs = [
          ["line", row.dataset.row],
          ["path", field.dataset.field],
          ["value", sent],
          ["row_version", row.querySelector("[data-row-version]").value],
        ];
        take(field, sent, await send(form.dataset.rowUrl, pairs, say));
      }
      queue.running = false;
    }

    function take(field, sent, { answer, reason }) {
      if (!answer) {
        field.dataset.again = "yes";
        return state(field, "bad-ink", "✕", say("Unsaved", { reason }));
      }
      delete field.dataset.again;
      if (answer.status === "conflict") return choose(field, answer);
      if (answer.status !== "saved" && answer.status !== "invalid") {
        return state(field, "bad-ink", "✕", say("Unsaved", { reason: answer.message }));
      }
      const row = rowOf(field);
      row.querySelector("[data-row-version]").value = answer.row_version;
      saved.set(field, sent);
      const typedOn = textOf(field) !== sent; /* that is saved next */
      if (!typedOn && answer.status === "saved" && control(field).tagName !== "TEXTAREA") {
        put(field, answer.value);
        saved.set(field, textOf(field));
      }
      problem(field, answer.status === "invalid" ? answer.message : "");
      if (answer.status === "saved") state(field, "ok-ink", "✓", say("Saved", { time: clock(answer) }));
      else state(field, "bad-ink", "!", answer.message);
      forget(field);
      for (const [path, value] of Object.entries(answer.beside ?? {})) beside(path, value);
      count(row);
      if (typedOn) commit(field);
    }

    /* A field of the same row that the server changed too: a day that goes with its status. */
    function beside(path, value) {
      const field = fields.find((one) => one.dataset.field === path);
      if (!field || textOf(field) !== saved.get(field)) return;
      put(field, value);
      saved.set(field, value);
      problem(field, "");
    }

    const again = () => fields.forEach((one) => one.classList.contains("is-unsaved") && commit(one, true));
    retry.addEventListener("click", again);
    whenBack(() => fields.forEach((one) => one.dataset.again && commit(one, true)));

    /* --- Two people on one row ---------------------------------------------------------------------------------- */

    const shownAs = (field, value) => {
      const one = control(field);
      if (one.tagName !== "SELECT") return value || "–";
      return [...one.options].find((option) => option.value === value)?.text ?? value;
    };

    function choose(field, answer) {
      const box = form.querySelector("[data-conflict-template]").content.cloneNode(true).firstElementChild;
      held.set(field, answer.row_version);
      field.querySelector(".field-conflict")?.remove();
      state(field, "wait-ink", "⇄", say("Unsaved", { reason: answer.message }));
      box.querySelector("[data-conflict-message]").textContent = answer.message;
      box.querySelector("[data-conflict-yours]").textContent = shownAs(field, textOf(field));
      box.querySelector("[data-conflict-theirs]").textContent = shownAs(field, answer.value ?? "");
      for (const button of box.querySelectorAll("[data-conflict-choice]")) {
        button.addEventListener("click", () => {
          const version = rowOf(field).querySelector("[data-row-version]");
          version.value = Math.max(Number(version.value), Number(held.get(field)));
          held.delete(field);
          box.remove();
          if (button.dataset.conflictChoice === "yours") return commit(field, true);
          put(field, answer.value ?? "");
          saved.set(field, textOf(field));
          problem(field, "");
          state(field, "", "", "");
          forget(field);
          control(field).focus();
        });
      }
      field.append(box);
      box.focus();
    }

    /* --- What is answered, and the percentage of a ratio ---------------------------------------------------------- */

    function count(row) {
      const group = row.closest("[data-group]");
      if (!group) return;
      const answered = (one) => {
        const asked = [...one.querySelectorAll("[data-answer]")];
        const bad = one.querySelector(".has-error");
        return !bad && asked.length > 0 && asked.every((field) => textOf(field).trim() !== "");
      };
      const rows = (box) => [...box.querySelectorAll("[data-row]")];
      group.querySelector("[data-done]").textContent = rows(group).filter(answered).length;
      const section = group.closest("[data-section]");
      const note = document.querySelector(`.ticks a[href="#${section.id}"] .tick-note`);
      if (note) note.textContent = `${rows(section).filter(answered).length}/${rows(section).length}`;
    }

    function percent(row) {
      const bar = row.querySelector(".ratio .bar");
      if (!bar) return;
      const value = percentOf(...[...row.querySelectorAll("[data-ratio]")].map(textOf));
      bar.querySelector(".bar-text").textContent = Number.isNaN(value) ? "–" : `${value.toFixed(1).replace(".", ",")} %`;
      bar.querySelector(".bar-fill").setAttribute("width", `${Number.isNaN(value) ? 0 : Math.min(100, value).toFixed(2)}%`);
    }

    form.addEventListener("change", (event) => {
      const field = event.target.closest("[data-field]");
      if (field) commit(field);
    });

    form.addEventListener("input", (event) => {
      const field = event.target.closest("[data-field]");
      if (!field || held.has(field)) return;
      percent(rowOf(field));
      if (textOf(field) !== saved.get(field) && !field.classList.contains("is-dirty")) {
        state(field, "work-ink", "✎", say("Changed"));
      }
    });

    /* --- Keys of the money tables ----------------------------------------------------------------------------------- */

    form.addEventListener("keydown", (event) => {
      const cell = event.target.closest("td");
      if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
      if (!cell || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
      if (!step) return;
      const across = [...form.querySelectorAll("td [data-money]")];
      const column = across.filter((one) => one.closest("td").cellIndex === cell.cellIndex);
      const next = column[column.indexOf(event.target) + step];
      event.preventDefault();
      next?.focus();
      next?.select();
    });

    busy.push(() => [...queues.values()].some((queue) => queue.running));
    for (const row of form.querySelectorAll("[data-row]")) percent(row);
    for (const field of fields) if (isNew(field)) field.classList.add("is-dirty");
    saveEarly(form, early, commit);
  }

  document.querySelectorAll("form[data-filing]").forEach(start);

  /* --- A link leads into a group that is folded --------------------------------------------------------------------- */

  function unfold() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  window.addEventListener("hashchange", unfold);
  unfold();
})();
