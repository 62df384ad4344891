"use strict";
(function () {
  var form = document.querySelector(".filters");
  var result = document.querySelector(".result");
  var groups = Array.from(document.querySelectorAll(".group"));
  var controls = Array.from(document.querySelectorAll(".control"));
  var texts = new Map();

  // Labels have {0}, {1} and so on where numbers belong.
  function filled(label, values) {
    return label.replace(/\{(\d)\}/g, function (_, at) { return values[at].toLocaleString(document.documentElement.lang); });
  }
  function element(name, attributes, content) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (content !== undefined) made.append(content);
    return made;
  }
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
    result.textContent = shown === controls.length
      ? filled(result.dataset.all, [shown])
      : filled(result.dataset.some, [shown, controls.length]);
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
    link.querySelector("a").textContent = document.getElementById("controls").dataset.among;
    body.append(link);
    brief.append(body);
  }

  // Resources beyond those in the page: unpacked once, listed page by page.
  var packed = document.getElementById("data");
  var PAGE = 50;
  var unpacking = null;
  function unpack() {
    if (!unpacking) {
      var bytes = Uint8Array.from(atob(packed.textContent), function (c) { return c.charCodeAt(0); });
      var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      unpacking = new Response(stream).json();
    }
    return unpacking;
  }
  function listRest(rest) {
    rest.dataset.done = "yes";
    unpack().then(function (data) { showRest(rest, data); });
  }
  function showRest(rest, data) {
    var labels = packed.dataset;
    var rows = data.checks[Number(rest.dataset.rows)];
    var names = labels.verdicts.split("|").map(function (one) { return one.split("="); });
    var heads = labels.heads.split("|");
    var all = rows.name.map(function (_, at) { return at; });
    var fitting = all, first = 0;
    var inPage = rest.parentElement.querySelectorAll(":scope > .resource").length;
    var table = element("table", { "class": "measured" });
    var head = table.createTHead().insertRow();
    heads.forEach(function (label) { head.append(element("th", { scope: "col" }, label)); });
    var body = table.createTBody();
    var range = element("span", { role: "status", "aria-live": "polite" });
    var filter = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    var back = element("button", { type: "button" }, labels.back);
    var on = element("button", { type: "button" }, labels.on);
    var pager = element("div", { "class": "pager" });
    var named = element("label", {}, labels.filter + " ");
    named.append(filter);
    pager.append(back, on, range, named);

    function badge(verdict) {
      var of = names[verdict] || ["observed", ""];
      var icon = document.querySelector(".icon").cloneNode(true);
      icon.firstElementChild.setAttribute("href", "#i-" + of[0]);
      var made = element("span", { "class": "badge s-" + of[0] }, icon);
      made.append(of[1]);
      return made;
    }
    function row(at) {
      var made = body.insertRow();
      var name = element("bdi", { "class": "rname" }, rows.name[at]);
      var found = data.words[rows.found[at]];
      var place = data.words[rows.source[at]] + (rows.line[at] ? ":" + rows.line[at] : "");
      [badge(rows.verdict[at]), name, found, element("code", {}, place)].forEach(function (content, column) {
        var cell = made.insertCell();
        cell.dataset.label = heads[column];
        cell.append(content);
      });
      made.cells[1].append(" ", element("span", { "class": "rtype" }, data.words[rows.kind[at]]));
      if (rows.id[at]) made.cells[1].append(element("br", {}), element("code", { "class": "digest" }, rows.id[at]));
    }
    function show() {
      body.textContent = "";
      fitting.slice(first, first + PAGE).forEach(row);
      var last = Math.min(first + PAGE, fitting.length);
      var before = fitting === all ? inPage : 0;
      range.textContent = fitting.length
        ? filled(labels.rows, [before + first + 1, before + last, before + fitting.length])
        : labels.none;
      back.disabled = first === 0;
      on.disabled = last === fitting.length;
    }
    back.addEventListener("click", function () { first -= PAGE; show(); });
    on.addEventListener("click", function () { first += PAGE; show(); });
    filter.addEventListener("input", function () {
      var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      fitting = words.length ? all.filter(function (at) {
        var text = (rows.name[at] + " " + rows.id[at] + " " + data.words[rows.found[at]]).toLowerCase();
        return words.every(function (word) { return text.includes(word); });
      }) : all;
      first = 0;
      show();
    });
    var omitted = Number(rest.dataset.omitted);
    var where = rest.querySelector("p");
    if (omitted) {
      var file = where.querySelector("code");
      where.textContent = filled(labels.more, [omitted]) + " ";
      if (file) where.append(file);
    } else {
      where.remove();
    }
    rest.prepend(pager, table);
    show();
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function () { apply(); remember(); });
  form.addEventListener("reset", function () { setTimeout(function () { apply(); remember(); }); });
  document.addEventListener("toggle", function (event) {
    if (!event.target.open) return;
    if (event.target.classList.contains("brief")) unfold(event.target);
    if (event.target.classList.contains("check") && packed && "DecompressionStream" in window) {
      event.target.querySelectorAll(".rest[data-rows]:not([data-done])").forEach(listRest);
    }
  }, true);
  document.addEventListener("click", function (event) {
    var square = event.target.closest(".square[data-to]");
    if (square) location.hash = square.dataset.to;
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
