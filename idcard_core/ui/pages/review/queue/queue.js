// The queue: how many there are of each state, and the worst of one, page by page.
const make = (name, className, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), { className, ...properties });
  element.append(...children);
  return element;
};

function tab(state, tell) {
  const button = make("button", "tab", { type: "button", onclick: () => tell("state", state.value) });
  button.setAttribute("aria-pressed", String(state.on));
  button.dataset.state = state.value;
  button.append(make("span", "", { textContent: state.label }), make("b", "", { textContent: state.count }));
  return button;
}

function row(item, words, tell) {
  const number = make("b", "", { textContent: `#${item.id}` });
  const why = make("span", "why", { textContent: item.why });
  const sure = make("i", item.tone, { textContent: item.percent });
  const facts = make("span", "facts", { textContent: item.facts });
  const button = make("button", "item", { type: "button", title: item.why, onclick: () => tell("item", item.id) });
  button.append(make("span", "head", {}, number, why, sure), facts);
  button.setAttribute("aria-current", String(item.on));
  button.dataset.item = item.id;
  return button;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".queue");
  const { words } = data;
  const tell = (kind, value) => setTriggerValue("pick", { kind, value });
  const turn = (step, sign, name) => {
    const page = data.page + step;
    const button = make("button", "turn", { type: "button", textContent: sign, title: name, onclick: () => tell("page", page) });
    button.setAttribute("aria-label", name);
    button.disabled = page < 0 || page >= data.pages;
    return button;
  };
  const scrolled = root.querySelector(".items")?.scrollTop ?? 0;
  const items = make("div", "items", {}, ...data.items.map((item) => row(item, words, tell)));
  if (!data.items.length) items.append(make("p", "nothing", { textContent: words.nothing }));
  const pager = make("div", "pager", {}, turn(-1, "‹", words.before), make("span", "", { textContent: data.where }), turn(1, "›", words.after));
  root.replaceChildren(make("div", "tabs", {}, ...data.states.map((state) => tab(state, tell))), items, pager);
  items.scrollTop = scrolled;
  items.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
}
