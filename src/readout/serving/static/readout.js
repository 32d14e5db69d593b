// What pages do beyond their markup. Every page is readable and usable without it.
"use strict";
(() => {
  const TOKEN = "readout-token", REVIEWER = "readout-reviewer";
  const stored = (place, name) => { try { return place.getItem(name) || ""; } catch { return ""; } };
  const store = (place, name, value) => { try { if (value) place.setItem(name, value); else place.removeItem(name); } catch { /* a browser that keeps nothing */ } };

  // the name of the reviewer stays in this browser
  function fillReviewers(root) {
    for (const input of root.querySelectorAll("input[name=reviewer]")) if (!input.value) input.value = stored(localStorage, REVIEWER);
  }
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    if (input.name === "reviewer") {
      store(localStorage, REVIEWER, input.value.trim());
      for (const other of document.querySelectorAll("input[name=reviewer]")) other.value = input.value;
    }
    if (input.id === "token") store(sessionStorage, TOKEN, input.value.trim());
  });

  // whoever writes from elsewhere gives the token once a tab; htmx and the forms of this page send it
  const headers = () => {
    const token = stored(sessionStorage, TOKEN);
    return token ? { Authorization: `Bearer ${token}` } : {};
  };
  document.addEventListener("htmx:configRequest", (event) => Object.assign(event.detail.headers, headers()));

  // what is refused before it reaches a page comes as JSON; the form stays as it was filled in
  function refused(told, status) {
    let message = `the server answered ${status}`;
    try { message = JSON.parse(told).message || message; } catch { /* it came from elsewhere */ }
    const note = document.createElement("p");
    note.className = "note bad";
    note.setAttribute("role", "alert");
    note.textContent = message;
    document.querySelector("main").prepend(note);
    window.scrollTo(0, 0);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || !stored(sessionStorage, TOKEN)) return;
    event.preventDefault();
    const button = event.submitter;
    // by their attributes: a button that is called action hides the property of the form
    const answer = await fetch(button?.getAttribute("formaction") || form.getAttribute("action"), {
      method: "POST", body: new FormData(form, button), headers: headers(), credentials: "same-origin",
    });
    if (answer.redirected) {
      const same = new URL(answer.url).href.split("#")[0] === location.href.split("#")[0];
      location.assign(answer.url);
      if (same) location.reload();
      return;
    }
    const told = await answer.text();
    const page = new DOMParser().parseFromString(told, "text/html");
    const main = page.querySelector("main");
    if (!main) return refused(told, answer.status);
    document.querySelector("main").replaceWith(document.importNode(main, true));
    document.title = page.title;
    fillReviewers(document);
    document.querySelector("main").focus();
    window.scrollTo(0, 0);
  });

  function begin() {
    fillReviewers(document);
    const token = document.getElementById("token");
    if (token) {
      token.value = stored(sessionStorage, TOKEN);
      token.closest("details").hidden = false;
    }
  }
  document.addEventListener("htmx:load", (event) => fillReviewers(event.target));
  begin();
})();
