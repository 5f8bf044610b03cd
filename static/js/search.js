/* The search box suggests while one types, and the keyboard goes from hit to hit. Without this script the box is a
   form that leads to the page of the search. */
"use strict";

(() => {
  const WAIT = 180;
  const isTyped = (element) => element.matches?.("input, textarea, select, [contenteditable]");

  /* --- Suggestions: a list box under the box, which keeps the focus -------------------------------------------- */

  function suggest(form) {
    const input = form.querySelector("input[type=search]");
    const list = document.createElement("div");
    const said = document.createElement("span");
    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.textSuggestions);
    said.className = "aloud";
    said.setAttribute("role", "status");
    form.append(list, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocomplete", "off");

    let timer = 0;
    let asked = null;
    let shownFor = "";
    const options = () => [...list.querySelectorAll("[role=option]")];
    const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

    function choose(index) {
      const all = options();
      all.forEach((option, nth) => option.setAttribute("aria-selected", String(nth === index)));
      if (index < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", all[index].id);
        all[index].scrollIntoView({ block: "nearest" });
      }
    }

    function close() {
      clearTimeout(timer);
      asked?.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function open() {
      const all = options();
      all.forEach((option, nth) => {
        option.id = `${list.id}-${nth}`;
        option.setAttribute("aria-selected", "false");
      });
      list.hidden = all.length === 0;
      input.setAttribute("aria-expanded", String(all.length > 0));
      input.removeAttribute("aria-activedescendant");
      const count = list.querySelector("[data-count]")?.dataset.count ?? "";
      said.textContent = all.length ? (form.dataset.textCount ?? "").replace("{n}", count) : "";
    }

    async function ask() {
      const words = input.value.trim();
      if (words === shownFor && options().length) {
        open();
        return;
      }
      asked?.abort();
      asked = new AbortController();
      const address = new URL(form.action, location.href);
      address.search = new URLSearchParams({ q: words });
      try {
        const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: asked.signal });
        if (!answer.ok || answer.redirected) return;
        list.innerHTML = await answer.text();
        shownFor = words;
        if (document.activeElement === input && input.value.trim() === words) open();
      } catch {
        /* without a connection nothing is suggested; Enter tells */
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < 2) close();
      else timer = setTimeout(ask, WAIT);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const all = options();
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); /* the words stay; a second Esc empties the box */
        event.stopPropagation();
        close();
      } else if (event.key === "ArrowDown" && list.hidden && input.value.trim().length > 1) {
        if (document.querySelector("main [data-hit]") && form.closest("main")) return; /* to the hits below */
        event.preventDefault();
        ask();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const next = chosen() + step;
        choose(next < -1 ? all.length - 1 : next >= all.length ? -1 : next);
      } else if (event.key === "Enter" && !list.hidden && chosen() >= 0) {
        event.preventDefault();
        all[chosen()].click();
      }
    });

    form.addEventListener("submit", (event) => {
      if (input.value.trim() === "" && !form.closest("main")) event.preventDefault();
      close();
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) close();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); /* the focus stays in the box */
  }

  for (const form of document.querySelectorAll("form[data-search]")) suggest(form);

  /* --- From hit to hit; "/" leads back to the words ------------------------------------------------------------- */

  function step(event) {
    const hits = [...document.querySelectorAll("main [data-hit]")];
    const box = document.querySelector("main form[data-search] input[type=search]");
    const at = hits.indexOf(document.activeElement);
    const inBox = document.activeElement === box;
    if (!hits.length || (at < 0 && !inBox && document.activeElement !== document.body && document.activeElement?.id !== "main")) return;
    if (event.key === "ArrowUp" && (inBox || at < 0)) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && at === 0) box?.focus();
    else hits[Math.min(at + (event.key === "ArrowDown" ? 1 : -1), hits.length - 1)].focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/" && !isTyped(event.target)) {
      const box = document.querySelector("main form[data-search] input, form[data-search] input");
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
  });
})();
