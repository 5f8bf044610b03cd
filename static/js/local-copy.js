/* A copy on this machine of what was typed in forms marked data-local-copy="<name>", per person and page.
   It outlives an expired sign-in, a lost connection and a closed window, and goes when the server has saved. That is
   said by the event `portal:saved` on the form or a field ({detail: {name}} for one field; the server sends it with
   HX-Trigger), or by an element marked data-saved (success message, receipt) on the page that follows a submit. */
"use strict";

(() => {
  const PREFIX = "typed:";
  const KEEP_DAYS = 14;
  const DAY = 864e5;
  const SECRET = /^(csrfmiddlewaretoken|once|next)$/;
  const user = window.portal?.userId();

  const store = (() => {
    try {
      return window.localStorage;
    } catch {
      return null; /* closed by the browser's settings: the portal works on, without copies */
    }
  })();
  if (!store) return;

  function read(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  }

  function write(key, copy) {
    try {
      if (copy && Object.keys(copy.values).length) store.setItem(key, JSON.stringify(copy));
      else store.removeItem(key);
    } catch {
      /* full: what is typed is still on the page */
    }
  }

  const copies = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const keyOf = (form) => `${PREFIX}${user}:${location.pathname}:${form.dataset.localCopy}`;

  for (const key of copies()) {
    const copy = read(key);
    if (!copy || copy.at < Date.now() - KEEP_DAYS * DAY) write(key, null);
    else if (!user && copy.sent) write(key, { ...copy, sent: false }); /* it led to the sign-in or an error page */
  }
  if (!user) return;

  const kept = (field) =>
    field.name &&
    !SECRET.test(field.name) &&
    !["password", "file", "hidden", "submit", "button"].includes(field.type);

  const valueOf = (field) =>
    ["checkbox", "radio", "select-multiple"].includes(field.type)
      ? new FormData(field.form).getAll(field.name)
      : field.value;

  /* The version on which a value was typed goes with it, so that a restored value never hides another's. */
  const versionOf = (field) => field.closest("[data-row]")?.querySelector("[data-row-version]") ?? null;

  /* --- Keeping ------------------------------------------------------------------------------------------------ */

  function keep(event) {
    const field = event.target;
    const form = field.form?.matches("[data-local-copy]") ? field.form : null;
    if (!form || !kept(field)) return;
    const key = keyOf(form);
    const copy = read(key) ?? { values: {}, versions: {} };
    copy.values[field.name] = valueOf(field);
    copy.versions[field.name] ??= versionOf(field)?.value;
    copy.at = Date.now();
    copy.sent = false;
    write(key, copy);
  }

  document.addEventListener("input", keep);

  /* --- Forgetting --------------------------------------------------------------------------------------------- */

  document.addEventListener("portal:saved", (event) => {
    const form = event.target.closest?.("form[data-local-copy]");
    const copy = form && read(keyOf(form));
    if (!copy) return;
    const name = event.detail?.name;
    if (name) {
      delete copy.values[name];
      delete copy.versions[name];
    } else {
      copy.values = {};
    }
    write(keyOf(form), copy);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-local-copy]")) return;
    const copy = read(keyOf(form));
    if (copy) write(keyOf(form), { ...copy, sent: true });
  });

  if (document.querySelector("[data-saved]")) {
    for (const key of copies()) {
      if (key.startsWith(`${PREFIX}${user}:`) && read(key)?.sent) write(key, null);
    }
  }

  /* --- Offering ----------------------------------------------------------------------------------------------- */

  const fieldsNamed = (form, name) => [...form.elements].filter((one) => one.name === name && kept(one));

  const differs = (form, name, value) => {
    const [field] = fieldsNamed(form, name);
    return Boolean(field) && JSON.stringify(valueOf(field)) !== JSON.stringify(value);
  };

  function put(form, { values, versions }) {
    for (const [name, value] of Object.entries(values)) {
      if (!differs(form, name, value)) continue;
      for (const field of fieldsNamed(form, name)) {
        const version = versionOf(field);
        if (version && versions[name]) version.value = versions[name];
        if (["checkbox", "radio"].includes(field.type)) field.checked = value.includes(field.value);
        else if (field.multiple) for (const one of field.options) one.selected = value.includes(one.value);
        else field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
  }

  const waiting = [];
  for (const form of document.querySelectorAll("form[data-local-copy]")) {
    const copy = read(keyOf(form));
    if (!copy) continue;
    if (Object.entries(copy.values).some(([name, value]) => differs(form, name, value))) waiting.push({ form, copy });
    else write(keyOf(form), null); /* the page already shows it */
  }

  const offer = document.querySelector("[data-local-copy-offer]");
  if (!offer || !waiting.length) return;

  const words = offer.querySelector("[data-text]");
  const at = new Date(Math.max(...waiting.map(({ copy }) => copy.at)));
  const time = at.toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  words.textContent = words.dataset.text.replace("{time}", time);
  offer.hidden = false;

  offer.querySelector("[data-local-copy-restore]").addEventListener("click", () => {
    for (const { form, copy } of waiting) put(form, copy);
    offer.hidden = true;
    waiting[0].form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });

  offer.querySelector("[data-local-copy-forget]").addEventListener("click", () => {
    for (const { form } of waiting) write(keyOf(form), null);
    offer.hidden = true;
  });
})();
