/* A table.grid of inputs as a spreadsheet: keys, paste from Excel, each cell saved by itself. docs/ui.md gives the
   contract. Without this script the form around the grid posts the whole of it. */
"use strict";

(() => {
  const { send, wordsOf, clock, writeTotals, whenBack, busy } = window.portal.saving;
  const { readBlock, looksEnglish, fromEnglish } = window.portal.clipboard;
  const STATES = ["dirty", "waiting", "saved", "invalid", "unsaved", "conflict", "locked"];
  const cells = "td.cell > input, td.cell > select, td.cell > textarea";

  function start(form) {
    if (form.dataset.started || form.tagName !== "FORM") return;
    form.dataset.started = "yes";
    const url = form.dataset.cellUrl;
    const say = wordsOf(form);
    const status = form.querySelector("[data-grid-status]");
    const messageLine = form.querySelector("[data-grid-message]");
    const retry = form.querySelector("[data-grid-retry]");
    const pastedLine = form.querySelector("[data-grid-pasted]");
    const undo = form.querySelector("[data-grid-undo]");
    const dialog = form.querySelector("[data-conflict-dialog]");
    const question = form.querySelector("[data-notation-dialog]");
    const waiting = new Map(); /* row -> Set of inputs, in the order in which they are sent */
    const conflicts = new Map(); /* input -> the other's value */
    let running = false;
    let pasted = []; /* what the last paste changed: {input, before} */

    const all = () => [...form.querySelectorAll(cells)];
    const open = (input) => Boolean(input?.dataset.path) && !input.readOnly && !input.disabled;
    const rowOf = (input) => input.closest("[data-row]");
    const stateOf = (input) => STATES.find((state) => input.closest("td").classList.contains(`is-${state}`));

    function version(row, next) {
      const field = row.querySelector("[data-row-version]");
      if (next !== undefined && next !== null) {
        if (field) field.value = next;
        row.dataset.version = next;
      }
      return field?.value ?? row.dataset.version ?? "";
    }

    function mark(input, state, message = "") {
      const list = input.closest("td").classList;
      list.remove(...STATES.map((one) => `is-${one}`));
      if (state) list.add(`is-${state}`);
      if (state === "invalid") input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      input.title = message;
      input.dataset.message = message;
      if (document.activeElement === input) messageLine.textContent = message;
      if (retry) retry.hidden = !form.querySelector(".is-unsaved");
    }

    function tell(className, text) {
      status.className = className;
      status.textContent = text;
    }

    /* Tells local-copy.js that the server has it. */
    const forget = (input) =>
      input.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true, detail: { name: input.name } }));

    /* --- Saving ------------------------------------------------------------------------------------------------ */

    function commit(input, force = false) {
      if (!open(input)) return;
      if (input.value === input.dataset.saved && !force) {
        if (stateOf(input) === "dirty") mark(input, input.dataset.was, input.dataset.wasMessage);
        return;
      }
      if (!url) return;
      mark(input, "waiting", say("Waiting"));
      const row = rowOf(input);
      if (!waiting.has(row)) waiting.set(row, new Set());
      waiting.get(row).add(input);
      run();
    }

    /* One after another: each answer gives the version for the next save of its row, and the totals of now. */
    async function run() {
      if (running) return;
      running = true;
      tell("muted", say("Waiting"));
      while (waiting.size) {
        const [[row, inputs]] = waiting;
        const batch = form.hasAttribute("data-batch") ? [...inputs] : [[...inputs][0]];
        for (const input of batch) inputs.delete(input);
        if (!inputs.size) waiting.delete(row);
        await save(row, batch);
      }
      running = false;
    }
    busy.push(() => running);

    async function save(row, inputs) {
      const sent = new Map(inputs.map((input) => [input, input.value]));
      const pairs = inputs.flatMap((input) => [["path", input.dataset.path], ["value", input.value]]);
      const fields = [["line", row.dataset.row], ["row_version", version(row)], ...pairs];
      const { answer, reason, offline, signedOut } = await send(url, fields, say);
      if (answer?.row_version) version(row, answer.status === "conflict" ? undefined : answer.row_version);
      for (const [input, value] of sent) {
        if (offline || signedOut) input.dataset.again = "yes";
        else delete input.dataset.again;
        if (answer) take(input, value, answer, answer.fields?.[input.dataset.path] ?? answer);
        else failed(input, reason);
      }
      if (answer) writeTotals(form, answer.totals);
    }

    function failed(input, reason) {
      const text = say("Unsaved", { reason });
      mark(input, "unsaved", text);
      tell("unsaved", text);
    }

    function take(input, sent, answer, one) {
      const edited = input.value !== sent; /* typed on while the answer was under way: that is saved next */
      if (one.status === "conflict") {
        conflicts.set(input, { value: one.value ?? "", version: answer.row_version });
        mark(input, "conflict", one.message);
        tell("unsaved", say("Unsaved", { reason: one.message }));
        choose(input);
        return;
      }
      if (one.status !== "saved" && one.status !== "invalid") return failed(input, one.message || say("Refused", { status: one.status }));
      input.dataset.saved = sent;
      if (edited) return;
      if (one.status === "saved") {
        input.value = input.dataset.saved = one.value ?? sent;
        mark(input, "saved");
        tell("saved", say("Saved", { time: clock(answer) }));
      } else {
        mark(input, "invalid", one.message);
        tell("bad-ink", one.message);
      }
      forget(input);
    }

    const again = () => all().forEach((input) => stateOf(input) === "unsaved" && commit(input, true));
    retry?.addEventListener("click", again);
    whenBack(() => all().forEach((input) => input.dataset.again && commit(input, true)));

    /* --- Two people on one row ---------------------------------------------------------------------------------- */

    function choose(input) {
      if (!dialog || dialog.open) return;
      const other = conflicts.get(input);
      dialog.querySelector("[data-conflict-message]").textContent = input.dataset.message;
      dialog.querySelector("[data-conflict-cell]").textContent = input.getAttribute("aria-label") ?? "";
      dialog.querySelector("[data-conflict-yours]").value = input.value || "–";
      dialog.querySelector("[data-conflict-theirs]").value = other.value || "–";
      for (const button of dialog.querySelectorAll("[data-conflict-choice]")) {
        button.onclick = () => {
          dialog.close();
          conflicts.delete(input);
          const row = rowOf(input);
          version(row, Math.max(Number(version(row)), Number(other.version)));
          input.dataset.saved = other.value;
          if (button.dataset.conflictChoice === "theirs") {
            input.value = other.value;
            mark(input, "saved");
            forget(input);
          } else commit(input, true);
          input.focus();
          const [next] = conflicts.keys();
          if (next) choose(next);
        };
      }
      dialog.showModal();
    }

    /* --- Moving ------------------------------------------------------------------------------------------------- */

    const lines = () => [...form.querySelectorAll("[data-row]")];
    const inCell = (cell) => cell?.querySelector("input:not([type=hidden]), select, textarea");

    function go(input, down, right) {
      const rows = lines();
      let line = rows.indexOf(rowOf(input));
      let column = input.closest("td").cellIndex;
      for (;;) {
        line += down;
        column += right;
        const next = rows[line]?.cells[column];
        if (!next) return;
        const target = inCell(next);
        if (!target) continue;
        target.focus();
        return void target.select?.();
      }
    }

    const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

    form.addEventListener("keydown", (event) => {
      const input = event.target;
      if (!input.matches(cells) || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape" && open(input)) {
        input.value = input.dataset.before ?? input.dataset.saved;
        commit(input);
        input.select?.();
        return;
      }
      if (event.key === "Enter" && input.tagName !== "TEXTAREA") {
        event.preventDefault();
        if (stateOf(input) === "conflict") choose(input);
        else go(input, event.shiftKey ? -1 : 1, 0);
        return;
      }
      const move = MOVES[event.key];
      if (!move || event.shiftKey || input.tagName !== "INPUT") return;
      const { selectionStart: from, selectionEnd: to, value } = input;
      const whole = from === 0 && to === value.length;
      const atEdge = from === to && from === (move[1] < 0 ? 0 : value.length);
      if (move[0] || whole || atEdge) {
        event.preventDefault();
        go(input, ...move);
      }
    });

    form.addEventListener("focusin", (event) => {
      if (!event.target.matches(cells)) return;
      event.target.dataset.before = event.target.value;
      event.target.dataset.fresh = "yes";
      messageLine.textContent = event.target.dataset.message ?? "";
      const box = event.target.closest(".scroll");
      if (!box) return;
      const fixed = [...event.target.closest("tr").querySelectorAll(".freeze, .freeze-2")];
      const sticky = fixed.filter((one) => getComputedStyle(one).position === "sticky");
      const height = (part) => box.querySelector(part)?.offsetHeight ?? 0;
      box.style.scrollPaddingLeft = `${sticky.reduce((sum, one) => sum + one.offsetWidth, 8)}px`;
      box.style.scrollPaddingTop = `${height("thead") + 8}px`;
      box.style.scrollPaddingBottom = `${height("tfoot") + 8}px`;
    });

    /* The first click takes the whole cell, as in a sheet; a second one sets the cursor. */
    form.addEventListener("click", (event) => {
      const input = event.target;
      if (!input.matches?.(cells)) return;
      if (stateOf(input) === "conflict") choose(input);
      else if (input.dataset.fresh && input.selectionStart === input.selectionEnd) input.select?.();
      delete input.dataset.fresh;
    });

    /* --- Typing and pasting ------------------------------------------------------------------------------------- */

    form.addEventListener("input", (event) => {
      const input = event.target;
      if (!input.matches(cells) || stateOf(input) === "dirty") return;
      input.dataset.was = ["saved", "invalid"].find((state) => state === stateOf(input)) ?? "";
      input.dataset.wasMessage = input.dataset.message ?? "";
      mark(input, "dirty", say("Changed"));
    });

    form.addEventListener("change", (event) => event.target.matches(cells) && commit(event.target));

    /* Typed over with the same value: nothing changed, so no `change` follows. */
    form.addEventListener("focusout", (event) => {
      const input = event.target;
      if (input.matches(cells) && stateOf(input) === "dirty" && input.value === input.dataset.saved) commit(input);
    });

    function fill(input, value) {
      if (input.value === value) return;
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      commit(input);
    }

    function paste(input, block) {
      const rows = lines();
      const line = rows.indexOf(rowOf(input));
      const column = input.closest("td").cellIndex;
      let left = 0;
      pasted = [];
      block.forEach((row, down) =>
        row.forEach((value, right) => {
          const target = rows[line + down]?.cells[column + right]?.querySelector("[data-path]");
          if (!open(target)) return void (left += value === "" ? 0 : 1);
          pasted.push({ input: target, before: target.value });
          fill(target, value);
        }),
      );
      pastedLine.textContent = say(left ? "PastedOver" : "Pasted", { cells: pasted.length, left });
      if (undo) undo.hidden = false;
    }

    undo?.addEventListener("click", () => {
      for (const { input, before } of pasted) fill(input, before);
      undo.hidden = true;
      pastedLine.textContent = "";
      pasted[0]?.input.focus();
    });

    form.addEventListener("paste", (event) => {
      const input = event.target;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!input.matches(cells) || !/[\t\n\r]./s.test(text)) return;
      event.preventDefault();
      const block = readBlock(text);
      if (!question || !looksEnglish(block)) return paste(input, block);
      const example = block.flat().find((one) => fromEnglish(one) !== one);
      question.querySelector("[data-notation-read]").textContent = `${example} → ${fromEnglish(example)}`;
      question.onclose = () => {
        input.focus();
        if (question.returnValue === "english") paste(input, block.map((row) => row.map(fromEnglish)));
        if (question.returnValue === "as-is") paste(input, block);
      };
      question.returnValue = "";
      question.showModal();
    });

    for (const input of all()) {
      const unsaved = stateOf(input) === "unsaved";
      input.dataset.saved = unsaved ? "\u0000" : (input.defaultValue ?? input.value); /* typed before a sign-in */
    }
    if (retry) retry.hidden = !form.querySelector(".is-unsaved");
  }

  document.querySelectorAll("form[data-grid]").forEach(start);
  document.addEventListener("htmx:load", (event) => {
    for (const form of event.detail.elt.querySelectorAll?.("form[data-grid]") ?? []) start(form);
  });
})();
