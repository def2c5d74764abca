// SPDX-License-Identifier: MIT
// What a page must not do, asked of the page itself. Each function returns complaints: none when all is well.
// `attune_page` is evaluated once for each page, in HTML as in SVG.

const attune_page = (() => {
  const tolerance = 0.75; // pixels that rounding may cost

  const tag = (element) => element.tagName.toLowerCase();

  const named = (element) => {
    const kind = element.getAttribute("class");
    const words = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${tag(element)}${kind ? ` class="${kind}"` : ""}> '${words}'`;
  };

  // Words for screen readers alone stand in a box of one pixel, clipped away.
  const is_clipped = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (getComputedStyle(each).clipPath.startsWith("inset(50%")) return true;
    }
    return false;
  };

  const is_shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !is_clipped(element);

  const elements = (selector) => [...document.querySelectorAll(selector)].filter(is_shown);

  const root_of = (element) => {
    let root = element.closest("svg");
    while (root && root.parentElement && root.parentElement.closest("svg")) root = root.parentElement.closest("svg");
    return root;
  };

  const is_root = (svg) => tag(svg) === "svg" && root_of(svg) === svg;

  const is_read = (node) =>
    node.data.trim() && !node.parentElement.closest("style, script, head, title, desc") && is_shown(node.parentElement);

  // Every line of text that is seen: its words, its box, and the element it stands in.
  const lines = () => {
    const found = [];
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!is_read(node)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 0 && box.height > 0) found.push({ element, box, words: node.data.trim().slice(0, 40) });
      }
    }
    return found;
  };

  // Lines of a paragraph stand closer than the boxes of their letters: what is inked is smaller.
  const ink = (box) => ({
    left: box.left + 1,
    right: box.right - 1,
    top: box.top + box.height * 0.17,
    bottom: box.bottom - box.height * 0.17,
  });

  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  const sheet = () => {
    const svg = document.documentElement;
    if (tag(svg) !== "svg") return { left: 0, right: innerWidth, top: -Infinity, bottom: Infinity };
    return svg.getBoundingClientRect();
  };

  const is_outside = (box, limits) =>
    box.left < limits.left - tolerance || box.right > limits.right + tolerance ||
    box.top < limits.top - tolerance || box.bottom > limits.bottom + tolerance;

  // Elements and lines of text that leave the viewport (HTML: to the sides) or the sheet (SVG).
  const overflow = () => {
    const limits = sheet();
    const found = [];
    const wide = document.scrollingElement ? document.scrollingElement.scrollWidth : 0;
    if (wide > innerWidth) found.push(`the page scrolls sideways: ${wide} of ${innerWidth} pixels`);
    const outside = new Set();
    for (const element of elements("body *, svg, svg *")) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && is_outside(box, limits)) {
        outside.add(element);
        if (outside.has(element.parentElement)) continue; // one complaint is enough
        found.push(`outside: ${named(element)} ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`);
      }
    }
    for (const line of lines()) if (is_outside(line.box, limits)) found.push(`words outside: '${line.words}'`);
    return found;
  };

  // Text that does not follow the size that its reader has set.
  const too_small = (percent) => {
    const size = parseFloat(getComputedStyle(document.body).fontSize);
    return size < 0.16 * percent * 0.9 ? [`text stays at ${size} pixels`] : [];
  };

  // Words of everyday length and dates that are cut in two at the end of a line; a hyphen may end one.
  const cut_words = () => {
    const found = [];
    const range = document.createRange();
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!is_read(node)) continue;
      for (const word of node.data.matchAll(/(?<![\p{L}\p{N}])(?:\d{4}-\d\d-\d\d|[\p{L}\p{N}]{2,14})(?![\p{L}\p{N}])/gu)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (tops.size > 1) found.push(`cut in two: '${word[0]}'`);
      }
    }
    return found;
  };

  const opacity_of = (element) => {
    let opacity = 1;
    for (let each = element; each; each = each.parentElement) opacity *= Number(getComputedStyle(each).opacity);
    return opacity;
  };

  // Filled marks that hide what is below them.
  const marks = () =>
    elements("svg circle, svg path, svg ellipse, svg polygon").filter((mark) => {
      const style = getComputedStyle(mark);
      return style.fill !== "none" && Number(style.fillOpacity) * opacity_of(mark) > 0.9;
    });

  const is_straight = (line) => ["x", "y"].some((axis) => {
    const [from, to] = ["1", "2"].map((end) => line[axis + end].baseVal.value);
    return Math.abs(from - to) < 0.01;
  });

  // Words on words, and points or straight lines on the words of a picture.
  const overlaps = () => {
    const all = lines().map((line) => ({ ...line, ink: ink(line.box) })).sort((a, b) => a.ink.top - b.ink.top);
    const found = [];
    all.forEach((line, at) => {
      for (let next = at + 1; next < all.length && all[next].ink.top < line.ink.bottom; next += 1) {
        if (meet(line.ink, all[next].ink)) found.push(`words on words: '${line.words}' and '${all[next].words}'`);
      }
    });
    const drawn = all.filter((line) => root_of(line.element));
    const strokes = elements("svg line").filter((line) => is_straight(line) && opacity_of(line) > 0.9);
    for (const mark of [...marks(), ...strokes]) {
      const box = mark.getBoundingClientRect();
      for (const line of drawn) {
        if (root_of(line.element) === root_of(mark) && meet(line.ink, box)) {
          found.push(`${named(mark)} lies on '${line.words}'`);
        }
      }
    }
    return found;
  };

  const headings = () => {
    const all = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const found = [];
    const tops = all.filter((each) => tag(each) === "h1").length;
    if (tops !== 1) found.push(`${tops} headings of level 1`);
    let before = 0;
    for (const heading of all) {
      const level = Number(tag(heading)[1]);
      if (level > before + 1) found.push(`level ${level} after ${before}: ${named(heading)}`);
      if (!heading.textContent.trim()) found.push(`an empty heading of level ${level}`);
      before = level;
    }
    if (document.querySelectorAll("main").length !== 1) found.push("not one <main>");
    if (!document.documentElement.lang) found.push("no language");
    if (!document.title.trim()) found.push("no title");
    return found;
  };

  const name_of = (svg) => {
    const by_id = (svg.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const words = by_id.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    return svg.getAttribute("aria-label") || words;
  };

  // A picture has a role and a name, or is for the eye alone and then holds no words.
  const pictures = () => {
    const found = [];
    for (const svg of [...document.querySelectorAll("svg")].filter(is_root)) {
      if (svg.getAttribute("aria-hidden") === "true") {
        if (svg.querySelector("text")) found.push(`hidden words: ${named(svg)}`);
      } else if (svg.getAttribute("role") !== "img" || !name_of(svg).trim()) {
        found.push(`no role or no name: ${named(svg)}`);
      }
    }
    return found;
  };

  // On paper no picture and no row of a table is cut, and each fits on one page.
  const printed = (height) => {
    const found = [];
    for (const whole of elements("figure, tr, svg").filter((each) => tag(each) !== "svg" || is_root(each))) {
      let holder = whole;
      while (holder && !getComputedStyle(holder).breakInside.startsWith("avoid")) holder = holder.parentElement;
      if (!holder) found.push(`may be cut: ${named(whole)}`);
      const tall = (holder ?? whole).getBoundingClientRect().height;
      if (tall > height) found.push(`higher than a page: ${named(whole)}, ${Math.round(tall)} pixels`);
    }
    return found;
  };

  const open_all = (is_open) => {
    for (const each of document.querySelectorAll("details")) each.open = is_open;
  };

  // What is read in an element, run by run.
  const runs = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (is_read(node)) found.push(node.data);
    }
    return found;
  };

  // A heading, at most one paragraph below it, and what they announce: a picture, the first row of a table, or the first
  // line of a section.
  const announced = (heading) => {
    let next = heading.nextElementSibling;
    const between = next && tag(next) === "p" ? runs(next) : [];
    if (next && tag(next) === "p") next = next.nextElementSibling;
    const firsts = { figure: (each) => each, section: (each) => each.firstElementChild };
    const first = next && (firsts[tag(next)] ?? ((each) => each.querySelector("tbody > tr")))(next);
    return first && is_shown(first) ? [...runs(heading), ...between, ...runs(first)] : [];
  };

  // The same for the page, and for all that has to stay together on one sheet of paper.
  const words = () => runs(document.body);
  const wholes = () => [...elements("figure, tr").map(runs), ...elements("h1, h2, h3").map(announced)];

  // The margins that the page asks for on paper, in pixels: left, right, top, bottom.
  const margins = () => {
    const own = [...document.styleSheets].filter((each) => !each.href);
    const rules = own.flatMap((each) => [...each.cssRules]);
    const rule = rules.find((each) => each instanceof CSSPageRule);
    const measure = document.createElement("div");
    document.body.append(measure);
    const found = ["Left", "Right", "Top", "Bottom"].map((side) => {
      measure.style.cssText = "position:absolute;width:1cm"; // what browsers take where nothing is asked for
      if (rule) measure.style.width = rule.style[`margin${side}`];
      return measure.getBoundingClientRect().width;
    });
    measure.remove();
    return found;
  };

  return {
    cut_words, elements, headings, ink, is_shown, lines, margins, meet, named, opacity_of, open_all, overflow, overlaps, pictures,
    printed, root_of, tag, too_small, wholes, words,
  };
})();
