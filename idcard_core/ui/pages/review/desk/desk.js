// The desk: picture left, form right. What is done is sent one message after another, each once, and only when the one
// before it has been handled; what is typed and not sent yet stays here, whatever becomes of the server.
const DRAFT_MS = 180;
const PATIENCE_MS = 4000;
const desks = new WeakMap();
const told = {}; // the latest notice and the latest reading of a box: what a server sends again is told once
const left = new Map(); // what was typed and not saved when a desk was taken off the page, by item

class Desk {
  constructor(root, host) {
    this.root = root;
    this.waiting = [];
    this.seq = 0;
    this.viewer = new Viewer({
      onPick: (place) => this.form.focus(place),
      onDrawn: (quad) => this.reread(quad),
      onDrawing: (on) => this.drawing(on),
    });
    this.viewer.onLoad = () => this.crops();
    this.form = new Form({
      onFocus: (row) => this.viewer.near(row.field, row.card),
      onInput: (row) => this.typed(row),
      onLeave: () => this.saveSoon(),
      onLabel: (name, value) => this.send("label", { name, value }),
    });
    this.form.onHover = (place) => this.viewer.light(place);
    this.build();
    this.panel = new Panel(root);
    this.stop = listenToKeys(host, (id, event) => this.key(id, event));
    new ResizeObserver(() => this.crops()).observe(this.form.root);
    addEventListener("beforeunload", (this.leaving = (event) => this.isUnsaved() && event.preventDefault()));
  }

  build() {
    this.title = make("div", "title");
    this.saved = make("span", "saved", { attributes: { role: "status" } });
    this.logButton = this.button("log", "plain");
    this.keysButton = this.button("keys", "plain");
    this.bar = make("header", "bar", {}, this.title, this.saved, this.logButton, this.keysButton);
    this.toast = make("div", "toast", { hidden: true, attributes: { role: "status", "aria-live": "polite" } });
    this.tools = make("div", "tools", {}, ...["zoom_in", "zoom_out", "whole", "turn", "reread"].map((id) => this.button(id, "tool")));
    const seen = make("section", "seen", {}, this.viewer.stage, this.tools, this.toast);
    this.accept = this.button("accept", "primary");
    this.others = ["postpone", "next", "not_a_card", "undo", "back"].map((id) => this.button(id, "secondary"));
    this.reopen = make("button", "secondary", { type: "button", onclick: () => this.send("reopen") });
    this.actions = make("footer", "actions", {}, this.accept, make("div", "rest", {}, ...this.others, this.reopen));
    this.scroll = make("div", "scroll", {}, this.form.root);
    this.root.replaceChildren(this.bar, seen, make("section", "form", {}, this.scroll, this.actions));
  }

  button(id, className) {
    const button = make("button", className, { type: "button", dataset: { act: id } });
    button.onpointerdown = (event) => event.preventDefault(); // the field keeps the focus
    button.onclick = () => this.key(id);
    return button;
  }

  name() {
    const { words } = this.data;
    for (const button of this.root.querySelectorAll("button[data-act]")) {
      const id = button.dataset.act;
      const [short, long] = [words[`do_${id}`], words[`key_${id}`]];
      button.title = `${long} (${keysOf(id)})`;
      button.setAttribute("aria-label", long);
      if (button.className === "tool") button.textContent = { zoom_in: "+", zoom_out: "−" }[id] ?? short;
      else button.replaceChildren(short, make("kbd", "", { textContent: keysOf(id) }));
    }
    this.reopen.textContent = words.do_reopen;
  }

  // What the server has sent: the same item as it is now, or another one.
  take(component) {
    const { data } = component;
    const before = this.data;
    this.tell = component.setTriggerValue;
    this.keep = component.setStateValue;
    this.data = data;
    if (this.inflight && data.acked >= this.inflight.seq) this.arrived();
    const another = before?.item.id !== data.item.id;
    const shape = JSON.stringify([data.item.id, data.words.do_accept, data.cards.map((card) => card.fields.length)]);
    if (another && before) this.rescue(before);
    if (shape !== this.shape) {
      this.shape = shape;
      this.name();
      this.form.build(data, data.words);
    }
    this.form.update(data);
    this.viewer.show(data.picture, data.cards, data.words.picture);
    this.heading();
    if (another) this.begin();
    this.crops();
    this.answered();
    this.resume();
    this.flush();
    this.draft(); // what was typed while something else was on its way
  }

  begin() {
    this.panel.close();
    this.drafted = {};
    this.viewer.drawing(false);
    if (this.data.clash) return;
    this.restore();
    const first = this.data.cards.flatMap((card) => card.fields).find((field) => field.reasons);
    if (!first || !this.form.focus(first.place)) this.accept.focus({ preventScroll: true });
  }

  // After the server was started anew: what was typed before, and what was on its way, if this item was on the desk.
  restore() {
    const before = left.get(this.data.item.id);
    left.clear();
    if (!before || before.token === this.data.token) return;
    for (const [place, value] of Object.entries(before.values)) {
      const row = this.form.rows.get(place);
      if (row) row.input.value = value;
      if (row) this.typed(row);
    }
    if (before.message?.version === this.data.item.version) this.again = before.message; // nothing of it was done
    else this.say(this.data.words.reconnected, "fair");
  }

  resume() {
    const message = this.again;
    this.again = null;
    if (message) this.waiting.push({ ...message, seq: 0 });
  }

  heading() {
    const { item, words, beside } = this.data;
    const done = item.state === "done";
    const parts = [make("b", "", { textContent: `#${item.id}` })];
    parts.push(badge(item.state_name, { done: "good", postponed: "quiet", pending: "info" }[item.state]));
    if (this.data.not_a_card) parts.push(badge(words.not_a_card, "bad"));
    if (item.confidence) parts.push(badge(`${words.confidence} ${item.confidence}`, item.tone));
    parts.push(make("span", "why", { textContent: [...item.reasons, item.condition].filter(Boolean).join(" · ") }));
    if (beside.length) parts.push(badge(filled(words.beside, { who: beside.join(", ") }), "fair"));
    this.title.replaceChildren(...parts);
    this.reopen.hidden = !done;
    this.others.find((each) => each.dataset.act === "next").hidden = done;
    this.progress();
  }

  answered() {
    const { notice, clash, reread, words } = this.data;
    if (notice && notice.id !== told.notice) {
      told.notice = notice.id;
      this.say(notice.text, notice.tone);
    }
    if (reread && reread.id !== told.reread) {
      told.reread = reread.id;
      const row = this.form.rows.get(reread.place);
      if (row) {
        row.input.value = reread.text;
        this.form.focus(reread.place);
        this.typed(row);
      }
    }
    if (clash) this.clash(clash);
    else if (this.panel.kind === "clash") this.panel.close();
  }

  say(text, tone) {
    clearTimeout(this.silence);
    Object.assign(this.toast, { textContent: text, className: `toast ${tone}`, hidden: false });
    if (tone !== "bad") this.silence = setTimeout(() => (this.toast.hidden = true), 4000);
  }

  typed(row) {
    this.form.mark(row);
    this.progress();
    clearTimeout(this.drafting);
    this.drafting = setTimeout(() => this.draft(), DRAFT_MS);
  }

  // Tells what is typed, so that the rules can be held against it; nothing is saved by that.
  draft() {
    const values = this.form.dirty();
    if (this.inflight || JSON.stringify(values) === JSON.stringify(this.form.unlikeKept(this.drafted))) return;
    this.drafted = values;
    this.keep("draft", { item: this.data.item.id, values });
  }

  saveSoon() {
    setTimeout(() => this.isUnsaved() && !this.data.clash && !this.waiting.length && !this.inflight && this.send("save"), 0);
  }

  isUnsaved() {
    return Object.keys(this.form.dirty()).length > 0;
  }

  // What was typed into an item that is no longer on the desk.
  rescue(before) {
    const values = this.form.dirty();
    if (Object.keys(values).length && !before.clash)
      this.waiting.push({ kind: "save", item: before.item.id, version: before.item.version, values });
  }

  send(kind, more = {}) {
    if (this.waiting.some((each) => each.kind === kind && kind !== "label")) return;
    this.waiting.push({ kind, item: this.data.item.id, ...more });
    this.flush();
  }

  flush() {
    if (this.inflight || !this.waiting.length) return this.progress();
    const next = this.waiting.shift();
    const here = next.item === this.data.item.id;
    if (!here && !next.values) return this.flush(); // meant for an item that is gone from the desk
    this.seq = Math.max(this.seq, this.data.acked) + 1;
    const own = here ? { version: this.data.item.version, values: this.form.dirty() } : {};
    this.inflight = { ...next, ...own, seq: this.seq };
    if (!here) this.inflight.version = next.version;
    this.toast.hidden = this.toast.hidden || this.toast.classList.contains("bad");
    this.tell("act", this.inflight);
    clearInterval(this.slow);
    this.slow = setInterval(() => this.remind(), PATIENCE_MS);
    this.progress();
  }

  // The same message once more, which is handled only once: a server that was started anew runs nothing by itself.
  remind() {
    this.say(this.data.words.slow, "bad");
    this.tell("act", this.inflight);
  }

  arrived() {
    this.inflight = null;
    clearInterval(this.slow);
    if (this.toast.textContent === this.data.words.slow) this.toast.hidden = true;
  }

  progress() {
    const { words, item } = this.data;
    const state = this.inflight ? "saving" : this.isUnsaved() ? "unsaved" : item.version ? "saved" : "untouched";
    this.saved.dataset.state = state;
    this.saved.textContent = words[`is_${state}`];
    this.root.setAttribute("aria-busy", String(Boolean(this.inflight)));
  }

  key(id, event) {
    if (this.panel.isOpen) {
      if (id === "escape" || id === this.panel.kind) this.panel.close();
      return id !== "enter";
    }
    const does = {
      accept: () => this.send("accept"),
      next: () => this.send("next"),
      postpone: () => this.send("postpone"),
      not_a_card: () => this.send("not_a_card"),
      back: () => this.send("back"),
      undo: () => this.undo(),
      enter: () => this.enter(event),
      doubt_next: () => this.doubted(1),
      doubt_before: () => this.doubted(-1),
      reread: () => this.viewer.drawing(!this.viewer.isDrawing),
      labels: () => this.form.selects?.get("status").focus(),
      zoom_in: () => this.viewer.zoom(1.4),
      zoom_out: () => this.viewer.zoom(1 / 1.4),
      whole: () => this.viewer.whole(),
      turn: () => this.viewer.turn(),
      log: () => this.open("log", logBody(this.data.events, this.data.words)),
      keys: () => this.open("keys", keysBody(this.data.words)),
      escape: () => this.escape(),
    };
    return does[id]() !== false;
  }

  open(kind, body) {
    const close = make("button", "secondary", { type: "button", onclick: () => this.panel.close() });
    close.textContent = this.data.words.close;
    this.panel.open(kind, this.data.words[`key_${kind}`], body, [close]);
  }

  clash(clash) {
    const { words } = this.data;
    if (this.panel.kind === "clash" && this.panel.isOpen) return;
    const choice = (kind, className) => {
      const button = make("button", className, { type: "button", dataset: { choice: kind }, textContent: words[kind] });
      button.onclick = () => {
        if (kind === "take_theirs") for (const row of this.form.rows.values()) row.input.value = row.field.kept;
        this.panel.close();
        this.send(kind);
      };
      return button;
    };
    this.waiting = [];
    const buttons = [choice("take_theirs", "primary"), choice("keep_mine", "secondary")];
    this.panel.open("clash", filled(words.clash_title, { by: clash.by }), clashBody(clash, words), buttons);
  }

  // In a field: on to the next doubted one; behind the last, to the button that accepts.
  enter(event) {
    const target = event.composedPath()[0];
    if (this.viewer.isDrawing) return this.rereadOwn();
    if (!target.matches("input, textarea")) return false;
    this.doubted(1);
  }

  doubted(step) {
    const place = this.form.doubtedFrom(this.root.getRootNode().activeElement?.id?.replace("field-", ""), step);
    if (place !== null) this.form.focus(place);
    else if (step > 0) this.accept.focus({ preventScroll: true });
  }

  escape() {
    const row = this.focusedRow();
    if (this.viewer.isDrawing) this.viewer.drawing(false);
    else if (row && this.form.isDirty(row)) this.revert(row);
    else this.toast.hidden = true;
  }

  undo() {
    const row = this.focusedRow();
    if (row && this.form.isDirty(row)) this.revert(row);
    else this.send("undo");
  }

  revert(row) {
    row.input.value = row.field.kept;
    this.typed(row);
  }

  focusedRow() {
    const id = this.root.getRootNode().activeElement?.id || "";
    return this.form.rows.get(id.replace("field-", ""));
  }

  drawing(on) {
    const button = this.tools.querySelector('[data-act="reread"]');
    button.classList.toggle("on", on);
    if (on) this.say(this.data.words.draw, "info");
  }

  reread(quad) {
    const place = this.form.focused ?? this.form.rows.keys().next().value;
    if (!place) return;
    this.say(this.data.words.reading, "info");
    this.send("reread", { place, quad });
  }

  rereadOwn() {
    const row = this.focusedRow();
    this.viewer.drawing(false);
    if (row?.field.quad) this.reread(row.field.quad);
  }

  crops() {
    if (this.viewer.image.complete && this.viewer.image.naturalWidth) this.form.crops(this.viewer.image, this.data.picture);
  }

  end() {
    clearInterval(this.slow);
    const values = this.form.dirty();
    const message = this.inflight;
    if (message || this.isUnsaved()) left.set(this.data.item.id, { values, message, token: this.data.token });
    this.stop();
    removeEventListener("beforeunload", this.leaving);
  }
}

export default function (component) {
  const { parentElement } = component;
  const root = parentElement.querySelector(".desk");
  if (!desks.has(root)) desks.set(root, new Desk(root, parentElement.host ?? parentElement));
  const desk = desks.get(root);
  desk.take(component);
  return () => {
    desk.end();
    desks.delete(root);
  };
}
