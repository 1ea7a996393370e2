/* Notices in this browser: asks the browser, hands its answer to an ordinary form. Without this file the page works
   for every other channel. */
(function () {
  "use strict";
  var WORKER = "/push-worker.js", box = document.querySelector("[data-push]");
  if (!box) return;
  var form = box.querySelector("form"), button = form.querySelector("button"), words = box.querySelector("[data-push-words]");
  function say(kind) { words.textContent = kind ? words.dataset[kind] : ""; }
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) { say("off"); return; }

  function bytes(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "===".slice((text.length + 3) % 4));
    return Uint8Array.from(raw, function (sign) { return sign.charCodeAt(0); });
  }
  function same(left, right) {
    var one = left && new Uint8Array(left);
    return Boolean(one) && one.length === right.length && one.every(function (byte, at) { return byte === right[at]; });
  }
  function digest(text) {
    return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then(function (made) {
      return Array.from(new Uint8Array(made), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
    });
  }
  function name() {
    var agent = navigator.userAgent, found = function (known) {
      return (known.filter(function (one) { return one[1].test(agent); })[0] || [""])[0];
    };
    var browser = found([["Firefox", /Firefox|FxiOS/], ["Edge", /Edg/], ["Opera", /OPR/], ["Samsung Internet", /Samsung/],
      ["Chrome", /Chrom|CriOS/], ["Safari", /Safari/]]);
    var machine = found([["Android", /Android/], ["iPhone", /iPhone/], ["iPad", /iPad/], ["Windows", /Windows/],
      ["Mac", /Macintosh/], ["Linux", /Linux/]]);
    return [browser, machine].filter(Boolean).join(", ");
  }
  var key = bytes(box.dataset.pushKey);

  /* A subscription with another key of ours, or one that was removed from the list, is of no use to anybody */
  function known() {
    return navigator.serviceWorker.getRegistration(WORKER).then(function (worker) {
      return worker ? worker.pushManager.getSubscription() : null;
    }).then(function (held) {
      if (!held) return false;
      return digest(held.endpoint).then(function (mark) {
        var row = document.querySelector("[data-browser='" + mark + "']");
        if (row && same(held.options.applicationServerKey, key)) return true;
        return held.unsubscribe().then(function () { return false; });
      });
    });
  }
  function subscribe() {
    return navigator.serviceWorker.register(WORKER).then(function () { return navigator.serviceWorker.ready; }).then(function (worker) {
      return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    });
  }
  button.addEventListener("click", function () {
    say(""); button.disabled = true;
    Notification.requestPermission().then(function (answer) {
      if (answer !== "granted") { say("refused"); button.disabled = false; return undefined; }
      return subscribe().then(function (held) {
        form.elements.address.value = JSON.stringify(held);
        form.elements.label.value = name();
        form.submit();
      });
    }).catch(function () { say("failed"); button.disabled = false; });
  });
  known().then(function (here) { form.hidden = here; if (here) say("here"); }).catch(function () { form.hidden = false; });
})();
