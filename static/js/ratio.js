/* The percentage of two numbers in Vietnamese notation while they are typed: `percentOf` for other scripts, and the cell
   [data-ratio] in a row of a form[data-grid], from its cells `numerator` and `denominator`. What the server answers
   after a save replaces it. */
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

  document.addEventListener("input", (event) => {
    const row = event.target.closest?.("form[data-grid] [data-row]");
    const shown = row?.querySelector("[data-ratio]");
    if (!shown || !["numerator", "denominator"].includes(event.target.dataset.path)) return;
    const typed = (path) => row.querySelector(`[data-path="${path}"]`)?.value ?? "";
    const value = percentOf(typed("numerator"), typed("denominator"));
    shown.textContent = Number.isNaN(value) ? "" : `${Number(value.toFixed(2))}`.replace(".", ",");
  });

  window.portal.ratio = { percentOf };
})();
