/* A column copied from a spreadsheet and pasted into the grid fills the rows below; without this file one types. */
(function () {
  "use strict";
  /* The answer of a list that begins like the pasted word, or is it */
  function pick(field, word) {
    var wanted = word.trim().toLowerCase();
    var found = Array.prototype.find.call(field.options, function (option) {
      return wanted && (option.value.toLowerCase() === wanted || option.text.trim().toLowerCase().indexOf(wanted) === 0);
    });
    if (found) field.value = found.value;
  }
  function put(field, word) {
    if (field.tagName === "SELECT") pick(field, word);
    else if (field.type === "checkbox") field.checked = /^(1|x|y|yes|true|s|si|sí)$/i.test(word.trim());
    else field.value = word.trim();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.addEventListener("paste", function (event) {
    var grid = event.target.closest && event.target.closest("[data-paste]"), text = event.clipboardData && event.clipboardData.getData("text");
    if (!grid || !text || !/[\n\t]/.test(text.replace(/\s+$/, ""))) return;
    var rows = Array.prototype.slice.call(grid.querySelectorAll("fieldset")), at = rows.indexOf(event.target.closest("fieldset"));
    var across = Array.prototype.slice.call(rows[at].querySelectorAll("input, select")).indexOf(event.target);
    event.preventDefault();
    text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").forEach(function (line, down) {
      var row = rows[at + down], fields = row ? row.querySelectorAll("input, select") : [];
      line.split("\t").forEach(function (word, over) { if (fields[across + over]) put(fields[across + over], word); });
    });
  });
})();
