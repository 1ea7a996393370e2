/* Keeps the list of alerts up to date while somebody reads it: what is new slips in, what is over goes, and nothing
   moves under a finger or a cursor. Without this file the list is as it was when it was opened. */
(function () {
  "use strict";
  var EVERY = 20000, rows = document.querySelector("#rows[data-live]"), said = document.querySelector("#inbox-said"), asking = false;
  if (!rows) return;

  /* What the reader is busy with stays as it is, until she is not */
  function busy(item) { return item.contains(document.activeElement) || item.querySelector("details[open], [aria-busy=true]") !== null; }
  function words(item) { return item.className + item.textContent.replace(/\s+/g, " "); }
  function say(count) {
    if (count) said.textContent = count === 1 ? said.dataset.one : said.dataset.many.replace("%n%", count);
  }
  /* How many are new, or -1 when something waits for the reader to leave it */
  function merge(list, fresh) {
    var next = null, added = 0, held = false;
    Array.from(list.children).forEach(function (item) {
      if (fresh.querySelector("#" + CSS.escape(item.id))) return;
      if (busy(item)) held = true; else item.remove();
    });
    Array.from(fresh.children).reverse().forEach(function (item) {
      var there = document.getElementById(item.id);
      if (!there) { list.insertBefore(item, next); there = item; added += 1; }
      else if (words(there) !== words(item)) { if (busy(there)) held = true; else { there.replaceWith(item); there = item; } }
      next = there;
    });
    say(added);
    return !held;
  }
  function show(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#rows"), list = rows.querySelector("ul.items");
    var newer = fresh && fresh.querySelector("ul.items");
    if (!fresh) return;
    if (list && newer) { if (merge(list, newer)) rows.dataset.mark = fresh.dataset.mark; return; }
    if (busy(rows)) return;
    rows.replaceChildren.apply(rows, Array.from(fresh.childNodes));
    rows.dataset.mark = fresh.dataset.mark;
    say(newer ? newer.children.length : 0);
  }
  function look() {
    if (asking || document.hidden || document.documentElement.classList.contains("is-covered")) return;
    asking = true;
    fetch(rows.dataset.live + "?seen=" + rows.dataset.mark, { credentials: "same-origin", redirect: "error" }).then(function (answer) {
      return answer.status === 200 ? answer.text().then(show) : undefined;
    }).catch(function () { /* no line, or signed out: the bell tells that */ }).then(function () { asking = false; });
  }
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
})();
