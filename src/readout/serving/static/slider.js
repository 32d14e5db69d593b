// Two sliders over the months of a form's fields since and until; released, they send the form.
"use strict";
(() => {
  let timer = null;

  function begin() {
    clearInterval(timer);
    timer = null;
    const form = document.querySelector("form[data-slider]");
    if (!form) return;
    const { since, until } = form.elements;
    const [low, high] = [form.querySelector("[data-low]"), form.querySelector("[data-high]")];
    const play = form.querySelector("[data-play]");
    const number = (day) => (day ? 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7) || 1) - 1 : null);
    const month = (n) => `${String(Math.floor(n / 12)).padStart(4, "0")}-${String((n % 12) + 1).padStart(2, "0")}`;
    const [first, last] = [number(since.dataset.first), number(until.dataset.last)];
    if (first === null || last === null || last <= first) return;

    const ends = (field) => (/^\d{4}$/.test(field.value) && field === until ? `${field.value}-12` : field.value);
    function show() {
      form.querySelector("[data-from]").value = month(Number(low.value));
      form.querySelector("[data-to]").value = month(Number(high.value));
    }
    function take() {
      low.value = number(ends(since)) ?? first;
      high.value = number(ends(until)) ?? last;
      show();
    }
    function send() {
      since.value = Number(low.value) === first ? "" : month(Number(low.value));
      until.value = Number(high.value) === last ? "" : month(Number(high.value));
      show();
      form.requestSubmit();
    }
    for (const slider of [low, high]) {
      Object.assign(slider, { min: first, max: last, step: 1, disabled: false });
      slider.addEventListener("input", () => {
        if (slider === low && Number(low.value) > Number(high.value)) high.value = low.value;
        if (slider === high && Number(high.value) < Number(low.value)) low.value = high.value;
        show();
      });
      slider.addEventListener("change", () => { stop(); send(); });
    }
    for (const field of [since, until]) field.addEventListener("change", take);
    take();

    function stop() {
      clearInterval(timer);
      timer = null;
      kept(true);
      play.textContent = "Play";
    }
    // while it plays, the address follows but leaves no trail of steps behind it
    function kept(push) {
      form.setAttribute(push ? "hx-push-url" : "hx-replace-url", "true");
      form.removeAttribute(push ? "hx-replace-url" : "hx-push-url");
    }
    function step() {
      const wide = Number(high.value) - Number(low.value) + 1;
      if (Number(high.value) >= last) return stop();
      const next = Math.min(Number(high.value) + wide, last);
      high.value = next;
      low.value = next - wide + 1;
      send();
    }
    play.hidden = false;
    play.addEventListener("click", () => {
      if (timer !== null) return stop();
      kept(false);
      if (Number(high.value) >= last) {
        const wide = Math.max(1, Math.min(12, Math.floor((last - first) / 4)));
        low.value = first;
        high.value = first + wide - 1;
        send();
      }
      play.textContent = "Stop";
      timer = setInterval(step, 1800);
    });
  }

  document.addEventListener("htmx:historyRestore", begin);
  begin();
})();
