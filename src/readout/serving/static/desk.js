// Files may be dropped on the form; without this the file field does the same.
"use strict";
(() => {
  const zone = document.querySelector("form.drop");
  const field = zone?.querySelector("input[type=file]");
  if (!zone || !field) return;
  zone.classList.add("ready");
  let depth = 0;
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const show = (over) => zone.classList.toggle("over", over);
  zone.addEventListener("dragenter", (e) => { if (holdsFiles(e)) { depth += 1; show(true); e.preventDefault(); } });
  zone.addEventListener("dragover", (e) => { if (holdsFiles(e)) e.preventDefault(); });
  zone.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) show(false); });
  zone.addEventListener("drop", (e) => {
    if (!holdsFiles(e)) return;
    e.preventDefault();
    depth = 0;
    show(false);
    field.files = e.dataTransfer.files;
    field.focus();
  });
})();
