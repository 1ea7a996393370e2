/* Without this file every page still works; it hides the screen at once, never sends twice and never loses a form. */
(function () {
  "use strict";
  var root = document.documentElement, title = document.title, before = null, coveredAt = 0, shifts = [], goes = 0;
  /* Trusted Types: markup comes from our own pages alone, no text ever becomes a script, and one address alone a worker */
  if (window.trustedTypes) window.trustedTypes.createPolicy("default", {
    createHTML: function (html) { return html; },
    createScriptURL: function (url) { return url === "/push-worker.js" ? url : null; }
  });
  function find(query) { return document.querySelector(query); }
  function typing(target) { return target.closest && target.closest("input, textarea, select, [contenteditable]"); }

  /* The screen cover: Hide button or Shift three times */
  function cover() {
    if (!find("#cover")) return;
    before = document.activeElement; title = document.title; coveredAt = Date.now();
    document.title = find("#cover").dataset.title;
    root.classList.add("is-covered");
    find("[data-show]").focus();
  }
  function uncover() {
    var lock = find("#cover").dataset.lock;
    if (lock && Date.now() - coveredAt > 300000) { location.assign(lock); return; }
    root.classList.remove("is-covered");
    document.title = title;
    if (before && before.focus) before.focus();
  }
  function turn() { if (root.classList.contains("is-covered")) uncover(); else cover(); }

  /* The bar at the bottom: what went wrong, in plain words */
  function trouble(kind) {
    var bar = find("#trouble");
    if (!bar) return;
    bar.querySelector("[data-words]").textContent = bar.dataset[kind];
    var login = bar.querySelector("[data-login]");
    if (login) login.hidden = kind !== "signedOut";
    bar.hidden = false;
  }
  function calm() { if (find("#trouble")) find("#trouble").hidden = true; }

  /* One press sends once */
  function busy(form, on) {
    form.setAttribute("aria-busy", on);
    form.querySelectorAll("button:not([type=button]), input[type=submit]").forEach(function (button) {
      button.disabled = on; button.classList.toggle("is-sending", on);
    });
  }
  /* After signing in on another tab the form needs the new session's token */
  function freshToken() {
    fetch(location.href, { credentials: "same-origin" }).then(function (r) { return r.text(); }).then(function (html) {
      var token = new DOMParser().parseFromString(html, "text/html").querySelector("main [name=csrfmiddlewaretoken]");
      if (token) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (input) { input.value = token.value; });
    }).catch(function () { trouble("offline"); });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-boost") || form.hasAttribute("hx-post") || form.hasAttribute("data-line")) return;
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    setTimeout(function () { busy(form, true); }, 0);
    setTimeout(function () { busy(form, false); }, 20000);
  });
  window.addEventListener("pageshow", function () { document.querySelectorAll("form[aria-busy]").forEach(function (form) { busy(form, false); }); });

  /* A whole form asks for a whole page, also after a redirect: views must not mistake it for a piece of one */
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.boosted) Object.keys(event.detail.headers).forEach(function (name) { if (/^HX-/.test(name)) delete event.detail.headers[name]; });
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    var from = event.detail.elt;
    if (from.id === "bell-count" && (document.hidden || root.classList.contains("is-covered"))) { event.preventDefault(); return; }
    if (from.tagName === "FORM") { calm(); busy(from, true); }
  });
  document.addEventListener("htmx:afterRequest", function (event) { if (event.detail.elt.tagName === "FORM") busy(event.detail.elt, false); });
  document.addEventListener("htmx:beforeSwap", function (event) {
    var login = find("[data-login]"), from = event.detail.requestConfig.elt;
    if ((from.tagName !== "FORM" && from.id !== "bell-count") || !login || !event.detail.xhr.responseURL) return;
    if (new URL(event.detail.xhr.responseURL).pathname === login.pathname) { event.detail.shouldSwap = false; trouble("signedOut"); }
  });
  document.addEventListener("htmx:sendError", function (event) { if (event.detail.elt.id !== "bell-count") trouble("offline"); });
  document.addEventListener("htmx:timeout", function (event) { if (event.detail.elt.id !== "bell-count") trouble("offline"); });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.elt.id !== "bell-count") trouble(event.detail.xhr.status < 500 ? "refused" : "server");
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.target !== document.body) return;
    var first = find(".errors") || find("#main");
    window.scrollTo(0, 0);
    if (first) first.focus();
    if (first && first.matches(".errors")) first.scrollIntoView();
  });
  /* Back on this tab: look at once what came meanwhile */
  document.addEventListener("visibilitychange", function () { if (!document.hidden && window.htmx && find("#bell-count")) window.htmx.trigger("#bell-count", "look"); });
  document.addEventListener("visibilitychange", function () { var login = find("[data-login]"); if (!document.hidden && login && !login.hidden) freshToken(); });

  /* A suggestion taken over into its field */
  function choose(said) {
    var field = document.getElementById(said.choose);
    if (!field) return;
    if (!Array.prototype.some.call(field.options, function (option) { return option.value === said.value; })) field.add(new Option(said.words, said.value));
    field.value = said.value;
    field.scrollIntoView({ block: "center" });
    field.focus();
  }

  document.addEventListener("click", function (event) {
    var at = event.target;
    if (at.closest("[data-hide]")) { event.preventDefault(); cover(); }
    if (at.closest("[data-show]")) uncover();
    /* Away, and not back by one press of the back button */
    if (at.closest("[data-leave]")) { event.preventDefault(); location.replace(at.closest("[data-leave]").href); }
    if (at.closest("[data-close]")) calm();
    if (at.closest("[data-choose]")) choose(at.closest("[data-choose]").dataset);
    document.querySelectorAll(".menu[open], .filter-chip[open]").forEach(function (menu) { if (!menu.contains(at)) menu.open = false; });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      document.querySelectorAll(".menu[open], .filter-chip[open]").forEach(function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
    }
    if (document.body.dataset.shortcuts === "off" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { shifts = []; return; }
    if (event.key === "Shift") {
      if (event.repeat) return;
      shifts = shifts.filter(function (at) { return Date.now() - at < 1200; }).concat(Date.now());
      if (shifts.length === 3) { shifts = []; turn(); }
      return;
    }
    shifts = [];
    if (typing(event.target) || root.classList.contains("is-covered")) return;
    if (event.key === "/" && find("[data-search]")) { event.preventDefault(); find("[data-search]").focus(); }
    if (event.key === "g") { goes = Date.now(); return; }
    var page = Date.now() - goes < 1500 && /^[a-z]$/.test(event.key) && find("[data-key='" + event.key + "']");
    if (page) { event.preventDefault(); page.click(); }
  });
  if (find(".errors")) { find(".errors").focus(); find(".errors").scrollIntoView(); }
})();
