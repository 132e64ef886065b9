export default function ({ parentElement, data, setTriggerValue }) {
  let root = parentElement.querySelector(".id-picks");
  if (!root) {
    root = document.createElement("div");
    root.className = "id-picks";
    parentElement.append(root);
  }
  if (root.said !== data.html) {
    root.said = data.html;
    root.innerHTML = data.html; // made and escaped by the page
    for (const place of root.querySelectorAll("[data-pick]")) {
      place.tabIndex = 0;
      place.setAttribute("role", "button");
    }
  }
  const pick = (event) => {
    const place = event.target.closest("[data-pick]");
    if (place) setTriggerValue("picked", place.dataset.pick);
  };
  root.onclick = pick;
  root.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    pick(event);
  };
}
