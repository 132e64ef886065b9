const tables = new WeakMap();

const make = (name, className, properties = {}) =>
  Object.assign(document.createElement(name), { className, ...properties });

function eye(open) {
  const strike = open ? "" : '<path d="M3 17 17 3"/>';
  const svg = `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10Z"/><circle cx="10" cy="10" r="2.6"/>${strike}</svg>`;
  return make("span", "sign", { innerHTML: svg }); // of nothing but the words above
}

class RowsTable {
  constructor(root) {
    this.root = make("div", "rows");
    root.append(this.root);
    this.ticked = new Set();
    this.root.addEventListener("keydown", (event) => this.onKey(event));
  }

  take({ data, setStateValue, setTriggerValue }) {
    Object.assign(this, { data, setStateValue, setTriggerValue });
    const here = new Set(data.rows.map((row) => row.id));
    this.ticked = new Set([...this.ticked].filter((id) => here.has(id)));
    const focused = this.root.querySelector("tr:focus-within")?.dataset.row;
    const table = make("table", data.tickable ? "tickable" : "");
    table.append(this.head(), this.body());
    this.root.replaceChildren(table);
    if (focused) this.root.querySelector(`tr[data-row="${focused}"]`)?.focus();
  }

  head() {
    const row = make("tr", "");
    if (this.data.tickable) row.append(this.tickAll());
    row.append(...this.data.columns.map((column) => make("th", `${column.id} ${fits(column)}`, { textContent: column.label })));
    const head = make("thead", "");
    head.append(row);
    return head;
  }

  body() {
    const body = make("tbody", "");
    body.append(...this.data.rows.map((row) => this.row(row)));
    return body;
  }

  row(row) {
    const element = make("tr", row.current ? "current" : "", { tabIndex: 0 });
    element.dataset.row = row.id;
    element.setAttribute("aria-label", this.data.words.open);
    element.onclick = () => {
      document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0); // where what is opened begins
      this.setTriggerValue("opened", row.id);
    };
    if (this.data.tickable) element.append(this.tick(row));
    element.append(...this.data.columns.map((column) => this.cell(row, column)));
    return element;
  }

  cell(row, column) {
    const cell = row.cells[column.id] || { text: "" };
    const element = make("td", `${column.id} ${fits(column)}`, { title: cell.title || "" });
    const text = make("span", cell.tone ? `badge ${cell.tone}` : "text", { textContent: cell.text });
    element.append(text);
    if (cell.masked || cell.shown) element.append(this.eye(row, cell));
    return element;
  }

  eye(row, cell) {
    const button = make("button", "eye", { type: "button" });
    const label = cell.shown ? this.data.words.hide_number : this.data.words.show_number;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.append(eye(!cell.shown));
    button.onclick = (event) => {
      event.stopPropagation();
      this.setTriggerValue("eyed", row.id);
    };
    return button;
  }

  tick(row) {
    const cell = make("td", "tick");
    const box = make("input", "", { type: "checkbox", checked: this.ticked.has(row.id), ariaLabel: this.data.words.tick });
    cell.onclick = (event) => event.stopPropagation();
    box.onchange = () => {
      if (box.checked) this.ticked.add(row.id);
      else this.ticked.delete(row.id);
      this.tell();
    };
    cell.append(box);
    return cell;
  }

  tickAll() {
    const cell = make("th", "tick");
    this.all = make("input", "", { type: "checkbox", ariaLabel: this.data.words.tick_all });
    this.all.onchange = () => {
      this.ticked = new Set(this.all.checked ? this.data.rows.map((row) => row.id) : []);
      for (const box of this.root.querySelectorAll("td.tick input")) box.checked = this.all.checked;
      this.tell();
    };
    cell.append(this.all);
    this.mark();
    return cell;
  }

  tell() {
    this.mark();
    this.setStateValue("ticked", [...this.ticked]);
  }

  mark() {
    this.all.checked = this.ticked.size > 0 && this.ticked.size === this.data.rows.length;
    this.all.indeterminate = this.ticked.size > 0 && !this.all.checked;
  }

  onKey(event) {
    const row = event.target.closest("tr[data-row]");
    if (!row || event.target !== row) return;
    const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    if (event.key === "Enter") row.click();
    else if (event.key === " ") row.querySelector("td.tick input")?.click();
    else if (next) next.focus();
    else return;
    event.preventDefault();
  }
}

const fits = (column) => (column.least_px ? `from-${column.least_px}` : "");

export default function (component) {
  const { parentElement } = component;
  if (!tables.has(parentElement)) tables.set(parentElement, new RowsTable(parentElement));
  tables.get(parentElement).take(component);
}
