// Asks for the reviewer's name once; the browser remembers it.
const STORED = "idcard.reviewer";

const stored = () => {
  try {
    return localStorage.getItem(STORED) || "";
  } catch {
    return ""; // a browser that keeps nothing
  }
};

function remember(name) {
  try {
    localStorage.setItem(STORED, name);
  } catch {
    // asked again next time
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const form = parentElement.querySelector("form");
  const [title, lead, label, input, button] = form.querySelectorAll("h2, p, label, input, button");
  const known = stored();
  if (!data.asked && known) {
    form.hidden = true;
    setTriggerValue("name", known);
    return;
  }
  form.hidden = false;
  [title.textContent, lead.textContent, button.textContent] = [data.words.title, data.words.lead, data.words.go];
  label.textContent = data.words.name;
  if (!input.value) input.value = known;
  input.maxLength = data.longest;
  input.onkeydown = (event) => event.stopPropagation(); // Streamlit has keys of its own
  form.onsubmit = (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!name) return input.focus();
    remember(name);
    setTriggerValue("name", name);
  };
  input.focus();
}
