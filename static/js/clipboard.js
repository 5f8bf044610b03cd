/* A block of cells as Excel puts it on the clipboard, and the notation of its numbers. */
"use strict";

(() => {
  /* Rows of cells: tabs, line ends, quotes around what holds them. */
  function readBlock(text) {
    const rows = [[]];
    const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g;
    for (const [, quoted, plain, end] of text.matchAll(pattern)) {
      rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replaceAll("\u00a0", " ").trim());
      if (end === "") break;
      if (end !== "\t") rows.push([]);
    }
    if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
    return rows;
  }

  const ENGLISH = /^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/;
  const VIETNAMESE = /^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/;
  const TWO_READINGS = /^-?\d{1,3},\d{3}$/;

  /* Whether the person must be asked: every number can be English, and one of them is hardly anything else. What one
     number means is never guessed. */
  function looksEnglish(rows) {
    const numbers = rows.flat().filter((text) => /\d/.test(text) && /[.,]/.test(text));
    const doubtful = (text) => !VIETNAMESE.test(text) || TWO_READINGS.test(text);
    return numbers.every((text) => ENGLISH.test(text)) && numbers.some(doubtful);
  }

  const fromEnglish = (text) => (ENGLISH.test(text) ? text.replaceAll(",", "").replace(".", ",") : text);

  window.portal.clipboard = { readBlock, looksEnglish, fromEnglish };
})();
