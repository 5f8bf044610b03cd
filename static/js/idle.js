/* Warns before a sign-in ends (components/session_end.html) and keeps the page with what was typed when it has ended.
   The server decides: it is asked before anything is said, since another window may have been in use meanwhile. Who is
   typing is not idle, and not asked. Without this script the server ends the sign-in all the same. */
"use strict";

(() => {
  const dialog = document.getElementById("session-end");
  if (!dialog) return;
  const WARNING = Number(dialog.dataset.warning) * 1000;
  const EVERY = 10_000;

  let fixed = dialog.hasAttribute("data-fixed");
  let end = Date.now() + Number(dialog.dataset.left) * 1000;
  let over = false;
  let typedAt = 0;
  let dismissed = ""; /* what was closed is not shown again */
  let asking = false;

  document.addEventListener("input", () => (typedAt = Date.now()));

  /* --- The server ----------------------------------------------------------------------------------------------- */

  /* GET asks how long is left, POST says that somebody is here. Without a connection nothing changes. */
  async function ask(method) {
    const headers = { Accept: "application/json", "X-CSRFToken": window.portal.csrfToken() };
    try {
      const response = await fetch(dialog.dataset.url, { method, headers, redirect: "manual", cache: "no-store" });
      if (response.status === 401) over = true;
      if (!response.ok) return;
      const answer = await response.json();
      over = answer.user !== window.portal.userId(); /* somebody else signed in: not this page's business */
      end = Date.now() + answer.left * 1000;
      fixed = answer.fixed;
    } catch {
      /* asked again soon */
    }
  }

  /* --- The dialog ------------------------------------------------------------------------------------------------ */

  const timeOf = (moment) =>
    new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  function show(when) {
    if (dismissed === when) return;
    for (const part of dialog.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when !== when;
      if (part.hidden) continue;
      dialog.setAttribute("aria-label", part.querySelector("h2").textContent);
      const words = part.querySelector("[data-text]");
      if (words) words.textContent = words.dataset.text.replace("{time}", timeOf(end));
    }
    dialog.dataset.shown = when;
    if (!dialog.open) dialog.showModal();
  }

  function hide() {
    dismissed = "";
    if (dialog.open) dialog.close();
  }

  /* Escape or "Stay": a key was pressed, so somebody is here. */
  async function stay() {
    await ask("POST");
    await look();
  }

  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    if (dialog.dataset.shown === "idle") {
      event.preventDefault();
      stay();
    } else {
      dismissed = dialog.dataset.shown;
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-dialog-close]")) dismissed = dialog.dataset.shown;
  });

  /* --- The clock ------------------------------------------------------------------------------------------------- */

  const near = () => end - Date.now() <= WARNING;

  async function look() {
    if (asking || !(near() || over || dialog.open)) return;
    asking = true;
    const typing = !fixed && !dialog.open && Date.now() - typedAt < WARNING;
    await ask(typing ? "POST" : "GET");
    asking = false;
    if (over) show("over");
    else if (near()) show(fixed ? "fixed" : "idle");
    else hide();
  }

  setInterval(() => over || look(), EVERY);
  /* Back on this page, perhaps from signing in in another window. */
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
})();
