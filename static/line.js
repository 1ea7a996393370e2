/* A form marked data-line is sent by this file. Without a line its answers stay on the page, in memory and nowhere
   else, and go by themselves once the line is back: always the same sending, so that it counts once. */
(function () {
  "use strict";
  var PAUSES = [2, 4, 8, 15, 30, 60], MOST = 30, PATIENCE = 20000;
  var form = null, timer = 0, tries = 0, sending = false;
  function find(query) { return document.querySelector(query); }
  function say(kind) {
    var words = form.querySelector("[data-line-words]");
    words.textContent = words.dataset[kind] || "";
    form.querySelector("[data-line-now]").hidden = kind !== "lost" && kind !== "tired";
  }
  /* What was sent may have arrived: nothing is changed until we know */
  function hold(on) {
    form.querySelector("[data-line-fields]").inert = on;
    form.setAttribute("aria-busy", on);
    form.querySelectorAll("button:not([type=button])").forEach(function (button) { button.disabled = on; });
  }
  function free(kind) { clearTimeout(timer); say(kind || ""); hold(false); form = null; tries = 0; }
  function trouble(kind) {
    var bar = find("#trouble"), login = bar && bar.querySelector("[data-login]");
    free();
    if (!bar) return;
    bar.querySelector("[data-words]").textContent = bar.dataset[kind];
    if (login) login.hidden = kind !== "signedOut";
    bar.hidden = false;
  }
  function lost() {
    var pause = PAUSES[Math.min(tries, PAUSES.length) - 1];
    clearTimeout(timer);
    if (tries >= MOST) { say("tired"); return; }
    say("lost");
    timer = setTimeout(send, pause * 1000);
  }
  function show(page, address) {
    var main = page.querySelector("#main");
    free();
    find("#main").replaceWith(main);
    document.title = page.title;
    if (address) history.replaceState(history.state, "", address);
    if (window.htmx) window.htmx.process(main);
    window.scrollTo(0, 0);
    (find(".errors") || main).focus();
    if (find(".errors")) find(".errors").scrollIntoView();
  }
  function answered(response, html) {
    var page = new DOMParser().parseFromString(html, "text/html"), login = find("[data-login]");
    var there = new URL(response.url);
    if (login && there.pathname === login.pathname) { trouble("signedOut"); return; }
    if (response.status === 502 || response.status === 503 || response.status === 504 || response.status === 429) { lost(); return; }
    if (response.status >= 500) { trouble("server"); return; }
    if (response.status === 409 || response.status === 422) { show(page); return; }
    if (response.status >= 400) { trouble("refused"); return; }
    /* A stranger's page, as of a network that wants its own sign-in: ours was not reached */
    if (!response.redirected || !page.querySelector("#main")) { lost(); return; }
    if (there.pathname === location.pathname) { show(page, there.href); return; }
    free();
    location.assign(there.href);
  }
  function send() {
    var stop, late;
    if (sending || !form) return;
    clearTimeout(timer);
    stop = new AbortController(); late = setTimeout(function () { stop.abort(); }, PATIENCE);
    sending = true; tries += 1;
    if (tries === 1) say("sending");
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", signal: stop.signal })
      .then(function (response) { return response.text().then(function (html) { return [response, html]; }); })
      .then(function (both) { clearTimeout(late); sending = false; answered(both[0], both[1]); },
        function () { clearTimeout(late); sending = false; lost(); });
  }
  document.addEventListener("submit", function (event) {
    if (!event.target.hasAttribute("data-line") || !window.fetch || !window.AbortController) return;
    event.preventDefault();
    if (form) return;
    form = event.target; tries = 0;
    if (find("#trouble")) find("#trouble").hidden = true;
    hold(true);
    send();
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-line-now]")) { tries = 0; send(); }
  });
  window.addEventListener("online", function () { if (form) { tries = 0; send(); } });
  window.addEventListener("beforeunload", function (event) {
    if (form) { event.preventDefault(); event.returnValue = ""; }
  });
})();
