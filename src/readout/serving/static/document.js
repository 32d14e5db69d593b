// An item of the record lights its words in the text, and the reverse; what a reviewer selects goes into the form.
"use strict";
(() => {
  const lit = new Set();
  const marksOf = (ref) => document.querySelectorAll(`mark[data-ref="${CSS.escape(ref)}"]`);

  function light(refs) {
    for (const element of lit) element.classList.remove("lit");
    lit.clear();
    for (const ref of refs) {
      const line = document.getElementById(`${ref}r`);
      for (const element of [...marksOf(ref), ...(line ? [line] : [])]) {
        element.classList.add("lit");
        lit.add(element);
      }
    }
  }

  function refsAt(target) {
    if (!(target instanceof Element)) return [];
    const refs = [];
    for (let mark = target.closest("mark[data-ref]"); mark; mark = mark.parentElement?.closest("mark[data-ref]")) refs.push(mark.dataset.ref);
    if (refs.length) return refs;
    const line = target.closest("li[id]");
    return line && /^d\d+[iu]\d+r$/.test(line.id) ? [line.id.slice(0, -1)] : [];
  }

  for (const event of ["mouseover", "focusin"]) document.addEventListener(event, (e) => light(refsAt(e.target)));

  // a click or Enter on marked words leads to the item's line in the record
  function go(event) {
    const mark = event.target instanceof Element && event.target.closest("section.text mark[data-ref]");
    if (!mark || !window.getSelection().isCollapsed) return;
    const line = document.getElementById(`${mark.dataset.ref}r`);
    if (!line) return;
    event.preventDefault();
    line.scrollIntoView({ block: "nearest" });
    const link = line.querySelector("a");
    if (link) link.focus({ preventScroll: true });
    light([mark.dataset.ref]);
  }
  document.addEventListener("click", go);
  document.addEventListener("keydown", (e) => { if (e.key === "Enter") go(e); });

  // how many code points of the document's text stand before a place: the letters of acts and escapes are no text of it
  function offsetOf(text, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(text);
    range.setEnd(node, offset);
    return [...range.toString()].length;
  }

  document.addEventListener("selectionchange", () => {
    const form = document.querySelector("#add-statement form");
    const text = document.querySelector("section.text");
    const chosen = window.getSelection();
    if (!form || !text || chosen.isCollapsed || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    form.elements.words.value = range.toString();
    form.elements.start.value = String(offsetOf(text, range.startContainer, range.startOffset));
  });
})();
