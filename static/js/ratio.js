/* The percentage of two numbers in Vietnamese notation while they are typed: `percentOf` for other scripts, and the cell
   [data-ratio] in a row of a form[data-grid], from its cells `numerator` and `denominator`. What the server answers
   after a save replaces it, unless the row holds something newer. */
"use strict";

(() => {
  const VIETNAMESE = /^\d{1,3}(\.\d{3})*(,\d+)?$|^\d+(,\d+)?$/;
  const number = (text) =>
    VIETNAMESE.test(text.trim()) ? Number(text.trim().replaceAll(".", "").replace(",", ".")) : NaN;

  /* NaN where one of them is no number, or the whole is nothing. */
  function percentOf(part, whole) {
    const base = number(whole);
    return base > 0 ? (number(part) * 100) / base : NaN;
  }

  function show(row) {
    const shown = row.querySelector("[data-ratio]");
    if (!shown) return;
    const typed = (path) => row.querySelector(`[data-path="${path}"]`)?.value ?? "";
    const value = percentOf(typed("numerator"), typed("denominator"));
    shown.textContent = Number.isNaN(value) ? "" : `${Number(value.toFixed(2))}`.replace(".", ",");
  }

  document.addEventListener("input", (event) => {
    const row = event.target.closest?.("form[data-grid] [data-row]");
    if (row && ["numerator", "denominator"].includes(event.target.dataset.path)) show(row);
  });

  /* An answer knows nothing of what was typed since it was asked for. */
  document.addEventListener("portal:totals", (event) => {
    for (const cell of event.target.querySelectorAll?.("td.is-dirty, td.is-waiting") ?? []) {
      const row = cell.closest("[data-row]");
      if (row) show(row);
    }
  });

  window.portal.ratio = { percentOf };
})();
