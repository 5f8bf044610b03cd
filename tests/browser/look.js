/* What can be told of a page by looking at it: each function gives a list of complaints, empty when all is well. */
({
  /* Language, one main heading, one next act, names of controls, order of headings, ids. */
  basics() {
    const wrong = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const brief = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
    const words = (element) => (element?.textContent ?? "").trim();
    const named = (element) =>
      words(element) ||
      element.getAttribute("aria-label") ||
      (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).some((id) => words(document.getElementById(id))) ||
      element.title ||
      [...element.querySelectorAll("img[alt]")].some((image) => image.alt);

    if (!document.documentElement.lang) wrong.push("the page names no language");
    if (!document.title.trim()) wrong.push("the window has no title");
    if (all("h1").length !== 1) wrong.push(`${all("h1").length} main headings`);
    if (document.querySelectorAll("main").length !== 1) wrong.push("not one <main>");
    const filled = all(".btn.primary:not(:disabled)");
    if (filled.length > 1) wrong.push(`${filled.length} filled buttons: ${filled.map(words).join(" | ")}`);

    for (const field of all("input:not([type=hidden]), select, textarea")) {
      const labelled = [...(field.labels ?? [])].some((label) => words(label)) || named(field);
      if (!labelled) wrong.push(`a field without a label: ${brief(field)}`);
    }
    for (const control of all("a[href], button, summary")) {
      if (!named(control)) wrong.push(`a control without a name: ${brief(control)}`);
    }
    for (const image of document.querySelectorAll("img:not([alt])")) wrong.push(`an image without alt: ${brief(image)}`);
    for (const picture of all("svg:not([aria-hidden=true])")) {
      if (!named(picture) && !picture.querySelector("title")) wrong.push(`a picture without words: ${brief(picture)}`);
    }

    let before = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6")) {
      const level = Number(heading.tagName[1]);
      if (level > before + 1) wrong.push(`the headings skip from h${before} to ${brief(heading)}`);
      before = level;
    }

    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index))) wrong.push(`the id ${id} twice`);
    for (const element of document.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]")) {
      for (const name of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
        for (const id of (element.getAttribute(name) ?? "").split(/\s+/).filter(Boolean)) {
          if (!document.getElementById(id)) wrong.push(`${name} names ${id}, which is not there: ${brief(element)}`);
        }
      }
    }
    for (const link of document.querySelectorAll('main a[href^="#"]')) {
      const id = decodeURIComponent(link.hash.slice(1));
      if (id && !document.getElementById(id)) wrong.push(`a link to ${link.hash}, which is not on the page`);
    }
    return wrong;
  },

  /* Without a script: forms that no button sends, buttons outside of every form, words that only a script would show. */
  unsendable() {
    const wrong = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const brief = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
    for (const form of [...document.querySelectorAll("main form")].filter(shown)) {
      const sends = [...form.elements].some((one) => one.type === "submit" && shown(one));
      if (!sends) wrong.push(`a form that no button sends: ${brief(form)}`);
    }
    for (const button of [...document.querySelectorAll("main button:not(:disabled)")].filter(shown)) {
      if (button.type !== "submit" || !button.form) wrong.push(`a button that does nothing: ${brief(button)}`);
    }
    return wrong;
  },

  /* Whatever is pressed is 24 px high and wide, or stands in a line of text. */
  targets() {
    const wrong = [];
    for (const control of document.querySelectorAll("button, summary, a.btn, select, input:not([type=hidden])")) {
      if (!control.checkVisibility({ visibilityProperty: true }) || control.closest(".aloud")) continue;
      const box = (["checkbox", "radio"].includes(control.type) && control.labels?.[0]) || control;
      const { width, height } = box.getBoundingClientRect();
      if (Math.round(width) < 24 || Math.round(height) < 24) {
        wrong.push(`${Math.round(width)} x ${Math.round(height)}: ${control.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`);
      }
    }
    return wrong;
  },

  /* Elements that make the page scroll sideways. */
  sideways() {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    const scrolls = (element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
    const framed = (element) => {
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) if (scrolls(up)) return true;
      return false;
    };
    const out = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > wide + 1 && !framed(element),
    );
    const told = out.slice(0, 4).map((element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120));
    return [`${document.documentElement.scrollWidth} px wide in ${window.innerWidth}`, ...told];
  },

  /* Texts whose contrast with what lies behind them is below 4.5:1, or 3:1 where they are large. */
  contrast() {
    const parse = (text) => {
      const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
      return { r, g, b, a };
    };
    const over = (top, under) => ({
      r: top.r * top.a + under.r * (1 - top.a),
      g: top.g * top.a + under.g * (1 - top.a),
      b: top.b * top.a + under.b * (1 - top.a),
      a: 1,
    });
    const light = ({ r, g, b }) => {
      const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const ratio = (one, other) => {
      const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const behind = (element) => {
      const layers = [];
      for (let up = element; up; up = up.parentElement) {
        const layer = parse(getComputedStyle(up).backgroundColor);
        if (layer.a > 0) layers.push(layer);
        if (layer.a === 1) break;
      }
      const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? 18 : 255;
      return layers.reverse().reduce((under, top) => over(top, under), { r: canvas, g: canvas, b: canvas, a: 1 });
    };
    for (const change of document.getAnimations()) change.finish(); /* colours that are on their way */
    const told = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.data.trim();
      if (!text || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest("svg, .aloud, .skip, :disabled, script, style, option")) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
      const ground = behind(element);
      const found = ratio(over(parse(style.color), ground), ground);
      if (found < least) told.set(`${style.color} on ${element.className}`, `${found.toFixed(2)}:1 “${text.slice(0, 40)}”`);
    }
    return [...told].map(([where, what]) => `${what} (${where})`);
  },

  /* What shows where the focus is: an outline or a shadow that the element does not have without it. */
  focus() {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing has the focus";
    const style = getComputedStyle(element);
    const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    return marked ? "" : `no sign of the focus on ${element.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`;
  },

  /* Every text that a reader sees, one a piece, without what is marked as being in the other language. */
  texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.data.replace(/\s+/g, " ").trim();
      const other = element.closest("[lang]") !== document.documentElement;
      if (text && !other && !element.closest("script, style, svg, code")) found.push(text);
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      if (element.closest("[lang]") !== document.documentElement) continue;
      for (const name of ["aria-label", "title", "placeholder"]) {
        if (element.getAttribute(name)) found.push(element.getAttribute(name).trim());
      }
    }
    return found;
  },

  /* On paper: no controls, no bars; the heading is there. */
  paper() {
    const wrong = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    for (const selector of ["header.top", ".side", "nav", "button", "a.btn", ".skip", "input[type=search]"]) {
      const left = [...document.querySelectorAll(selector)].filter((one) => shown(one) && one.offsetHeight > 0);
      if (left.length) wrong.push(`${selector} is printed: ${left[0].outerHTML.replace(/\s+/g, " ").slice(0, 120)}`);
    }
    if (![...document.querySelectorAll("h1")].some(shown)) wrong.push("the heading is not printed");
    const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
    if (Math.min(r, g, b) < 250) wrong.push("the paper is not white");
    const shrunk = document.documentElement.scrollWidth / window.innerWidth;
    if (shrunk > 1.9) wrong.push(`${shrunk.toFixed(1)} times as wide as the sheet: no browser shrinks that far`);
    return wrong;
  },
});
