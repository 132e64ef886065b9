// The fields of an item: what is typed stays, whatever the server says meanwhile.
const CROP_PX = { line: 46, lines: 92 };

class Form {
  constructor({ onFocus, onInput, onLeave, onLabel }) {
    Object.assign(this, { onFocus, onInput, onLeave, onLabel });
    this.root = make("div", "fields");
    this.rows = new Map();
  }

  // Another item: all anew.
  build(data, words) {
    this.rows.clear();
    this.words = words;
    this.root.replaceChildren(
      ...data.cards.map((card) => this.card(card)),
      ...(data.cards.length || data.broken ? [] : [this.nothing()]),
      ...(data.labels.length ? [this.labels(data.labels)] : []),
    );
    this.root.parentElement?.scrollTo(0, 0);
  }

  nothing() {
    return make("p", "nothing", { textContent: this.words.no_card });
  }

  card(card) {
    const title = make("h3", "", { textContent: card.title });
    if (card.number !== null) title.prepend(make("b", "", { textContent: card.number }));
    return make("section", "card", {}, title, ...card.fields.map((field) => this.row(field, card)));
  }

  row(field, card) {
    const { words } = this;
    const doubted = Boolean(field.reasons);
    const attributes = { spellcheck: "false", autocomplete: "off", "aria-label": field.label };
    const input = make(field.long ? "textarea" : "input", field.figures ? "figures" : "", {
      value: field.kept,
      id: `field-${field.place}`,
      rows: 2,
      placeholder: words.unread,
      attributes,
    });
    const canvas = doubted && field.quad ? make("canvas") : null;
    const crop = canvas && make("div", `crop${field.long ? " lines" : ""}`, {}, canvas);
    const reason = doubted ? make("div", "reason", { textContent: field.reasons, title: field.reasons }) : null;
    const sure = make("span", `sure ${field.tone}`, { textContent: field.percent || "—", title: words.confidence });
    const note = make("div", "note");
    const marks = field.name === "idcardno" ? make("div", "marks") : null;
    const value = make("div", "value", {}, crop, make("div", "entry", {}, input, sure), marks, reason, note);
    const label = make("label", "", { htmlFor: input.id, textContent: field.short, title: field.label });
    const root = make("div", `row${doubted ? " doubted" : ""}`, { dataset: { place: field.place } }, label, value);
    const row = { field, card, input, canvas, note, marks, sure, root, doubted, kept: field.kept };
    input.addEventListener("focus", () => {
      this.focused = field.place;
      for (const each of this.rows.values()) each.root.classList.toggle("focused", each === row);
      this.onFocus(row);
    });
    input.addEventListener("input", () => this.onInput(row));
    input.addEventListener("blur", () => this.onLeave(row));
    root.addEventListener("pointerenter", () => this.onHover?.(field.place));
    root.addEventListener("pointerleave", () => this.onHover?.(this.focused));
    this.rows.set(field.place, row);
    return root;
  }

  labels(labels) {
    this.selects = new Map();
    const boxes = labels.map((label) => {
      const select = make("select", "", { attributes: { "aria-label": label.title }, dataset: { label: label.name } });
      if (!label.value) select.append(make("option", "", { value: "", textContent: "—" }));
      select.append(...label.options.map(([value, name]) => make("option", "", { value, textContent: name })));
      select.addEventListener("change", () => this.onLabel(label.name, select.value));
      this.selects.set(label.name, select);
      return make("label", "", {}, make("span", "", { textContent: label.title }), select);
    });
    return make("section", "labels", {}, ...boxes);
  }

  // The same item once more: new values where nobody is typing, and what the rules say now.
  update(data) {
    for (const card of data.cards)
      for (const field of card.fields) {
        const row = this.rows.get(field.place);
        if (!row) continue;
        if (!this.isDirty(row)) row.input.value = field.kept;
        row.kept = field.kept;
        row.field = field;
        this.mark(row);
        this.notes(row, data.checks.notes[field.place] || []);
        if (row.marks) row.marks.replaceChildren(...(data.checks.marks[row.card.at] || []).map(markOf));
      }
    for (const label of data.labels) {
      const select = this.selects.get(label.name);
      if (select !== select.getRootNode().activeElement || label.value) select.value = label.value;
      select.classList.toggle("changed", label.value !== label.read);
    }
  }

  notes(row, notes) {
    const text = notes.map((note) => note.text).join(" ");
    Object.assign(row.note, { textContent: text, title: text, className: `note ${notes[0]?.tone || ""}` });
  }

  mark(row) {
    const changed = row.input.value.trim() !== row.field.read;
    row.sure.className = `sure ${changed ? "info" : row.field.tone}`;
    row.sure.textContent = changed ? this.words.changed : row.field.percent || "—";
    const read = row.field.read || this.words.unread;
    row.sure.title = changed ? filled(this.words.read_as, { read }) : this.words.confidence;
  }

  crops(image, picture) {
    for (const row of this.rows.values()) {
      if (!row.canvas || picture.problem) continue;
      const width = row.canvas.parentElement.clientWidth - 2;
      drawCrop(row.canvas, image, picture, row.field.quad, {
        width,
        height: row.field.long ? CROP_PX.lines : CROP_PX.line,
      });
    }
  }

  isDirty(row) {
    return row.input.value.trim() !== row.kept;
  }

  dirty() {
    const typed = [...this.rows.values()].map((row) => [row.field.place, row.input.value.trim()]);
    return this.unlikeKept(Object.fromEntries(typed));
  }

  // Of values by place, those that are not kept, in the order of the form.
  unlikeKept(values) {
    const rows = [...this.rows.values()].filter(({ field, kept }) => (values[field.place] ?? kept) !== kept);
    return Object.fromEntries(rows.map(({ field }) => [field.place, values[field.place]]));
  }

  focus(place) {
    const row = this.rows.get(place);
    if (!row) return false;
    row.input.focus({ preventScroll: true });
    row.root.scrollIntoView({ block: "nearest" });
    row.input.setSelectionRange(row.input.value.length, row.input.value.length);
    return true;
  }

  // The doubted field after (1) or before (-1) the focused one, or the last one from anywhere else; null: there is none.
  doubtedFrom(place, step) {
    const places = [...this.rows.keys()];
    const at = places.indexOf(place);
    const way = step > 0 ? places.slice(at + 1) : places.slice(0, at < 0 ? places.length : at).reverse();
    return way.find((each) => this.rows.get(each).doubted) ?? null;
  }
}

function markOf({ text, tone }) {
  return make("span", `mark ${tone}`, { textContent: text, title: text });
}
