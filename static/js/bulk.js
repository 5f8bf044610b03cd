/* A list whose rows are ticked for one act on many (form[data-bulk]): all at once, a range with Shift, the arrow
   keys, Home and End, and how many are ticked. Without it each box and the choice under the list do the same. */
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-bulk]")) serve(form);

  function serve(form) {
    const fields = [...form.elements]; /* those too that stand above the form */
    const boxes = fields.filter((one) => one.type === "checkbox" && one.name === "agency");
    const all = fields.find((one) => "chooseAll" in one.dataset);
    const scopes = fields.filter((one) => one.type === "radio" && one.name === "scope");
    let last = null;

    function count() {
      const ticked = boxes.filter((box) => box.checked).length;
      for (const place of form.querySelectorAll("[data-chosen]")) place.textContent = String(ticked);
      if (all) {
        all.checked = ticked > 0 && ticked === boxes.length;
        all.indeterminate = ticked > 0 && ticked < boxes.length;
      }
    }

    /* Whoever ticks a row means the ticked ones. */
    function meanTicked() {
      if (scopes.length) scopes[0].checked = true;
    }

    function tick(from, to, checked) {
      const [low, high] = [from, to].sort((one, other) => one - other);
      for (const box of boxes.slice(low, high + 1)) box.checked = checked;
    }

    all?.addEventListener("change", () => {
      tick(0, boxes.length - 1, all.checked);
      meanTicked();
      count();
    });

    boxes.forEach((box, at) => {
      box.addEventListener("click", (event) => {
        if (event.shiftKey && last !== null) tick(last, at, box.checked);
        last = at;
        meanTicked();
        count();
      });
      box.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const next = step ? boxes[at + step] : { Home: boxes[0], End: boxes[boxes.length - 1] }[event.key];
        if (!next) return;
        event.preventDefault();
        if (event.shiftKey && step) {
          next.checked = box.checked;
          last = at + step;
          meanTicked();
          count();
        }
        next.focus();
      });
    });

    for (const scope of scopes.slice(1)) {
      scope.addEventListener("change", () => {
        tick(0, boxes.length - 1, true);
        count();
      });
    }

    window.addEventListener("pageshow", count);
    count();
  }
})();
