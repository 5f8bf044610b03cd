/* How grid.js and autosave.js send what was typed: one POST, its answer as JSON, or in words why there is none.
   A token that another sign-in has replaced is fetched anew once; somebody else's sign-in is never used. */
"use strict";

(() => {
  const meta = (name, page = document) => page.querySelector(`meta[name="${name}"]`);

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

  /* The words of an element: `data-text-<name>`, with {values} filled in. */
  const wordsOf = (element) => (name, values = {}) => fill(element.dataset[`text${name}`] ?? "", values);

  /* "ok" with the token of now in the page, "other" when somebody else is signed in, "" when nobody is. */
  async function freshToken() {
    const response = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (meta("user", page)?.content !== meta("user")?.content) return meta("user", page) ? "other" : "";
    const token = meta("csrf-token", page).content;
    meta("csrf-token").content = token;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    return "ok";
  }

  /* `fields`: pairs [name, value]. Gives {answer}, or {reason, offline, signedOut}. */
  async function send(url, fields, say, again = true) {
    const token = window.portal.csrfToken();
    const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", token]]);
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    try {
      const response = await fetch(url, { method: "POST", body, headers, redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 401) {
        return { reason: say("SignedOut"), signedOut: true };
      }
      if ((response.headers.get("content-type") ?? "").includes("json")) return { answer: await response.json() };
      if (response.status === 403 && again) {
        const fresh = await freshToken();
        if (fresh === "ok") return send(url, fields, say, false);
        return { reason: say(fresh === "other" ? "SomebodyElse" : "SignedOut"), signedOut: true };
      }
      return { reason: say("Refused", { status: response.status }) };
    } catch {
      return { reason: say("Offline"), offline: true };
    }
  }

  const clock = (answer) =>
    answer.at ?? new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  function writeTotals(box, totals) {
    for (const [key, text] of Object.entries(totals ?? {})) {
      for (const total of box.querySelectorAll(`[data-total="${CSS.escape(key)}"]`)) total.textContent = text;
    }
    box.dispatchEvent(new CustomEvent("portal:totals", { bubbles: true }));
  }

  /* Try again when the connection is back, or when the person comes back, perhaps from signing in elsewhere. */
  function whenBack(again) {
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  }

  /* Whether a control shows something else than the page brought: typed before the scripts came, on a slow line. */
  function typedInto(control) {
    if (control.tagName === "SELECT") {
      const brought = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
      return brought !== undefined && !brought.selected;
    }
    const ticked = ["checkbox", "radio"].includes(control.type);
    return ticked ? control.checked !== control.defaultChecked : control.value !== control.defaultValue;
  }

  /* A page that is shown for the first time: on another the browser may have put back what was typed once. */
  const isNewPage = () => performance.getEntriesByType("navigation")[0]?.type === "navigate";

  /* What was typed or ticked before the script came is saved like all else: at once, or when its field is left. */
  function saveEarly(form, early, commit) {
    form.addEventListener("focusout", (event) => {
      const field = event.target.closest("[data-field]");
      if (early.includes(field)) commit(field);
    });
    if (!isNewPage()) return;
    const at = document.activeElement;
    const typing = at?.matches("textarea, input:not([type=checkbox], [type=radio])") ? at : null;
    for (const field of early) if (!field.contains(typing)) commit(field);
  }

  /* --- A link waits for what is being saved ----------------------------------------------------------------------- */

  const busy = []; /* functions that say whether something is under way */
  const isBusy = () => busy.some((one) => one());

  /* Calls `then` as soon as nothing is under way any more; at the latest after ten seconds. */
  function whenIdle(then) {
    const until = Date.now() + 10_000;
    const timer = setInterval(() => {
      if (isBusy() && Date.now() < until) return;
      clearInterval(timer);
      then();
    }, 40);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.getAttribute("href").startsWith("#")) return;
    if (!isBusy()) return;
    event.preventDefault();
    whenIdle(() => location.assign(link.href));
  });

  /* A form that is posted whole goes when nothing is under way: what it carries is then the newest. */
  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      if (!isBusy() || form.method !== "post") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      whenIdle(() => form.requestSubmit(submitter));
    },
    true,
  );

  window.portal.saving = { send, wordsOf, clock, writeTotals, whenBack, typedInto, saveEarly, busy };
})();
