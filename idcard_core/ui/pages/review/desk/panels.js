// What lies over the desk on demand: the keys, the log, and somebody else's changes.
class Panel {
  constructor(root) {
    this.root = make("div", "panel", { hidden: true, attributes: { role: "dialog", "aria-modal": "true" } });
    root.append(this.root);
  }

  get isOpen() {
    return !this.root.hidden;
  }

  open(kind, title, body, buttons, onClose) {
    this.kind = kind;
    this.back = this.back ?? this.root.getRootNode().activeElement;
    this.onClose = onClose;
    const foot = make("div", "buttons", {}, ...buttons);
    this.root.dataset.kind = kind;
    this.root.setAttribute("aria-label", title);
    this.root.replaceChildren(make("div", "sheet", {}, make("h2", "", { textContent: title }), body, foot));
    this.root.hidden = false;
    foot.querySelector("button")?.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.root.hidden = true;
    const back = this.back;
    this.back = null;
    back?.focus?.();
    this.onClose?.();
  }
}

function keysBody(words) {
  const rows = KEYS.filter((key) => key.shown !== false).map((key) =>
    make("div", "key", {}, make("kbd", "", { textContent: key.keys }), make("span", "", { textContent: words[`key_${key.id}`] })),
  );
  return make("div", "keys", {}, ...rows);
}

function logBody(events, words) {
  if (!events.length) return make("p", "quiet", { textContent: words.no_events });
  const rows = events.map((event) => {
    const what = make("span", `what${event.undone ? " undone" : ""}`, { textContent: event.what });
    const forced = event.forced ? badge(words.forced, "fair") : null;
    return make("li", "", {}, make("time", "", { textContent: event.when }), make("b", "", { textContent: event.who }), what, forced);
  });
  return make("ol", "log", {}, ...rows);
}

function clashBody(clash, words) {
  const lead = make("p", "", { textContent: filled(words.clash_lead, { by: clash.by, when: clash.when }) });
  const list = make("ul", "since", {}, ...clash.what.map((text) => make("li", "", { textContent: text })));
  return make("div", "", {}, lead, list, make("p", "quiet", { textContent: words.clash_note }));
}
