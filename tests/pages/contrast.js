// SPDX-License-Identifier: MIT
// The contrast of every text with what is behind it, after WCAG 2.2, 1.4.3 and 1.4.11; after layout.js.
// axe sees no text in SVG. Here the shapes of a picture count: those below words as their ground, those above as a veil.

const attune_contrast = (() => {
  const { elements, ink, lines, meet, named, opacity_of, root_of } = attune_page;

  // "rgb(31, 36, 43)" or "rgba(…, 0.5)", as computed styles have it: red, green, blue 0..255, then 0..1.
  const colour = (text) => {
    const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    if (!parts) throw new Error(`not a colour that is known here: ${text}`);
    return [Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4] === undefined ? 1 : Number(parts[4])];
  };

  const over = (top, share, ground) => [0, 1, 2].map((at) => top[at] * share + ground[at] * (1 - share));

  // WCAG 2.2, "relative luminance" and "contrast ratio".
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const ratio = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  // The grounds of an element and all around it, the outermost first; white below them. Paper stays white: browsers
  // print no grounds unless they are told to.
  const ground_of = (element) => {
    if (matchMedia("print").matches) return [255, 255, 255];
    const chain = [];
    for (let each = element; each; each = each.parentElement) chain.unshift(each);
    return chain.reduce((ground, each) => {
      const own = colour(getComputedStyle(each).backgroundColor);
      return over(own, own[3], ground);
    }, [255, 255, 255]);
  };

  const veil_of = (shape) => {
    const style = getComputedStyle(shape);
    if (style.fill === "none") return null;
    const fill = colour(style.fill);
    return { fill, share: fill[3] * Number(style.fillOpacity) * opacity_of(shape) };
  };

  // Words of a picture, the shapes they touch taken into account in the order of painting.
  const in_picture = (line) => {
    const root = root_of(line.element);
    let ground = ground_of(root);
    const style = getComputedStyle(line.element);
    const fill = colour(style.fill);
    let words = null;
    for (const each of root.querySelectorAll("rect, circle, path, polygon, text")) {
      if (each === line.element.closest("text")) {
        words = over(fill, fill[3] * Number(style.fillOpacity) * opacity_of(each), ground);
      } else if (attune_page.tag(each) !== "text" && attune_page.is_shown(each)) {
        const veil = veil_of(each);
        if (!veil || !meet(ink(line.box), each.getBoundingClientRect())) continue;
        ground = over(veil.fill, veil.share, ground);
        if (words) words = over(veil.fill, veil.share, words);
      }
    }
    return ratio(words, ground);
  };

  const on_page = (line) => {
    const ground = ground_of(line.element);
    const own = colour(getComputedStyle(line.element).color);
    return ratio(over(own, own[3] * opacity_of(line.element), ground), ground);
  };

  const texts = () => {
    const found = new Set();
    for (const line of lines()) {
      const style = getComputedStyle(line.element);
      const size = parseFloat(style.fontSize);
      const is_large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const reached = root_of(line.element) ? in_picture(line) : on_page(line);
      if (reached < (is_large ? 3 : 4.5)) found.add(`contrast ${reached.toFixed(2)}: '${line.words}'`);
    }
    return [...found];
  };

  // The marks that carry numbers, drawn solid, against the page: at least 3 to 1.
  const marks = () => {
    const found = new Set();
    for (const mark of elements("svg circle, svg path")) {
      const veil = veil_of(mark);
      if (!veil || veil.share < 0.9) continue;
      const ground = ground_of(root_of(mark));
      const reached = ratio(over(veil.fill, veil.share, ground), ground);
      if (reached < 3) found.add(`contrast ${reached.toFixed(2)}: ${named(mark)}`);
    }
    return [...found];
  };

  return { marks, ratio, texts };
})();
