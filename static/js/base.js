/* What every page does with JavaScript; each page is whole without it. Texts come from the templates. */
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const csrfToken = () => meta("csrf-token");

  /* --- Telling the reader something that no page says --------------------------------------------------------- */

  const toast = document.getElementById("toast");

  function tell(text) {
    if (!toast) return;
    const box = document.createElement("div");
    box.className = "notice bad";
    const words = document.createElement("div");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn quiet small";
    close.textContent = toast.dataset.textClose;
    close.addEventListener("click", () => box.remove());
    box.append(words, close);
    toast.replaceChildren(box);
  }

  /* --- htmx: the CSRF token, failures, what follows a swap ---------------------------------------------------- */

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = csrfToken();
  });

  document.addEventListener("htmx:sendError", () => tell(toast?.dataset.textOffline ?? ""));

  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    const text = status === 401 ? toast?.dataset.textSignedOut : toast?.dataset.textError;
    tell((text ?? "").replace("{status}", String(status)));
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form) release(form);
    if (event.detail.successful) toast?.replaceChildren();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "dialogs") target.querySelector("dialog")?.showModal();
    target.querySelector("[data-error-summary]")?.focus();
  });

  /* --- A form is sent once ------------------------------------------------------------------------------------- */

  function release(form) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.hasAttribute("data-once")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(release, 15_000, form); /* an answer that was a file leaves the page standing */
  });

  /* A page taken from the browser's memory (back button) is ready again. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  /* --- Leaving with something unsaved -------------------------------------------------------------------------- */

  const touched = new Set();

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form) touched.add(form);
  });
  document.addEventListener("submit", (event) => touched.delete(event.target));
  document.addEventListener("portal:saved", (event) => touched.delete(event.target.closest("form")));

  window.addEventListener("beforeunload", (event) => {
    const open = [...touched].some((form) => form.isConnected && !form.dataset.sent);
    const unsaved = [...document.querySelectorAll(".is-waiting, .is-unsaved, .is-dirty")];
    if (open || unsaved.some((field) => !field.closest("form")?.dataset.sent)) event.preventDefault();
  });

  /* --- Dialogs and menus ---------------------------------------------------------------------------------------- */

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    const dialog = opener && document.getElementById(opener.dataset.dialogOpen);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    const closer = event.target.closest("[data-dialog-close]");
    closer?.closest("dialog")?.close(closer.dataset.dialogClose);
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* --- Tables: a head that stays under the top bar needs a frame without its own scrolling ------------------------ */

  function fitTables() {
    for (const frame of document.querySelectorAll(".scroll.page")) {
      frame.classList.remove("too-wide");
      frame.classList.toggle("too-wide", frame.scrollWidth > frame.clientWidth + 1);
    }
  }

  window.addEventListener("resize", fitTables);
  document.addEventListener("htmx:afterSettle", fitTables);
  fitTables();

  /* --- When the page opens --------------------------------------------------------------------------------------- */

  document.querySelector("[data-error-summary][role=alert]")?.focus();
  for (const current of document.querySelectorAll(".side [aria-current], .tabs [aria-current]")) {
    current.scrollIntoView({ block: "nearest", inline: "center" });
  }

  /* Paper shows the tables behind the pictures. */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.behind:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  window.portal = { csrfToken, tell, userId: () => meta("user") };
})();
