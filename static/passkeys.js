/* Binds the passkey buttons to allauth's own script; without it the code of the app does the same work. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-passkey]").forEach(function (button) {
      var ids = { data: "js_data", credential: button.dataset.credential };
      ids[button.dataset.passkey === "authenticateForm" ? "authenticate" : button.dataset.passkey.replace("Form", "")] = button.id;
      if (button.dataset.passwordless) ids.passwordless = button.dataset.passwordless;
      if (button.dataset.passkey === "loginForm") delete ids.data;
      button.hidden = false;
      window.allauth.webauthn.forms[button.dataset.passkey]({ ids: ids });
    });
  });
  document.addEventListener("allauth.error", function (event) {
    var words = document.querySelector("[data-passkey-failed]");
    event.preventDefault();
    if (words) { words.hidden = false; words.focus(); }
  });
})();
