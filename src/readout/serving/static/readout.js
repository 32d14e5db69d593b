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

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || !stored(sessionStorage, TOKEN)) return;
    event.preventDefault();
    const button = event.submitter;
    const answer = await fetch(button?.getAttribute("formaction") || form.action, {
      method: "POST", body: new FormData(form, button), headers: headers(), credentials: "same-origin",
    });
    if (answer.redirected) {
      const same = new URL(answer.url).href.split("#")[0] === location.href.split("#")[0];
      location.assign(answer.url);
      if (same) location.reload();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("main").replaceWith(document.importNode(page.querySelector("main"), true));
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
