"use strict";
(function () {
  var form = document.querySelector(".filters");
  var result = document.querySelector(".result");
  var groups = Array.from(document.querySelectorAll(".group"));
  var controls = Array.from(document.querySelectorAll(".control"));
  var texts = new Map();

  function text(control) {
    if (!texts.has(control)) texts.set(control, control.textContent.toLowerCase());
    return texts.get(control);
  }
  function checked(name) {
    return Array.from(form.querySelectorAll('[name="' + name + '"]:checked'), function (box) { return box.value; });
  }

  // Filters: what is chosen of one kind is joined by "or", the kinds by "and".
  function apply() {
    var states = checked("state"), severities = checked("severity");
    var category = form.elements.category.value;
    var words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    groups.forEach(function (group) {
      var any = false;
      group.querySelectorAll(".control").forEach(function (control) {
        var fits = (!states.length || states.includes(control.dataset.state)) &&
          (!severities.length || severities.includes(control.dataset.severity)) &&
          (!category || group.dataset.category === category) &&
          words.every(function (word) { return text(control).includes(word); });
        control.classList.toggle("out", !fits);
        if (fits) { any = true; shown += 1; }
      });
      group.classList.toggle("out", !any);
    });
    result.textContent = shown === controls.length ? shown + " controls" : shown + " of " + controls.length + " controls shown";
  }
  function remember() {
    var params = new URLSearchParams();
    ["state", "severity"].forEach(function (name) {
      var values = checked(name);
      if (values.length) params.set(name, values.join(","));
    });
    if (form.elements.category.value) params.set("category", form.elements.category.value);
    if (form.elements.q.value) params.set("q", form.elements.q.value);
    var hash = params.toString().replace(/%2C/g, ",");
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }
  function recall(hash) {
    var params = new URLSearchParams(hash);
    ["state", "severity"].forEach(function (name) {
      var values = (params.get(name) || "").split(",");
      form.querySelectorAll('[name="' + name + '"]').forEach(function (box) { box.checked = values.includes(box.value); });
    });
    form.elements.category.value = params.get("category") || "";
    if (form.elements.category.selectedIndex < 0) form.elements.category.value = "";
    form.elements.q.value = params.get("q") || "";
    apply();
  }

  // A link into folded or filtered parts unfolds them.
  function reveal(id) {
    var target = document.getElementById(id);
    if (!target) return;
    var hidden = target.closest(".out") || target.querySelector(":scope > .out");
    if (hidden && target.closest(".control")) { form.reset(); apply(); }
    for (var at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    target.scrollIntoView();
  }
  function follow() {
    var hash = location.hash.slice(1);
    if (/^(state|severity|category|q)=/.test(hash)) {
      recall(hash);
      document.getElementById("controls").scrollIntoView();
    } else if (hash) {
      try { reveal(decodeURIComponent(hash)); } catch (error) { reveal(hash); }
    }
  }

  // Below a control, a resource shows its evidence and rule where it stands.
  function unfold(brief) {
    var source = document.getElementById(brief.dataset.from);
    if (!source || brief.dataset.done) return;
    brief.dataset.done = "yes";
    var body = source.querySelector(".body").cloneNode(true);
    var rule = source.parentElement.querySelector(".rule");
    if (rule) {
      rule = rule.cloneNode(true);
      rule.removeAttribute("id");
      body.append(rule);
    }
    var link = brief.querySelector("p");
    link.querySelector("a").textContent = "Show among all resources of the check";
    body.append(link);
    brief.append(body);
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function () { apply(); remember(); });
  form.addEventListener("reset", function () { setTimeout(function () { apply(); remember(); }); });
  document.addEventListener("toggle", function (event) {
    if (event.target.open && event.target.classList.contains("brief")) unfold(event.target);
  }, true);
  document.addEventListener("click", function (event) {
    var link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); }
  });
  window.addEventListener("hashchange", follow);
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.from(document.querySelectorAll(
      '.control:not([open]):not([data-state="satisfied"]), .check:not([open]):not(.passing), .resource:not([open]), .plain:not([open])'
    ));
    folded.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (details) { details.open = false; });
  });
  document.querySelectorAll(".brief[open]").forEach(unfold);
  apply();
  follow();
})();
