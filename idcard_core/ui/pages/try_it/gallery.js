// A wall of thumbnails; a click tells which sample was picked.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let wall = parentElement.querySelector(".wall");
  if (!wall) {
    wall = document.createElement("div");
    wall.className = "wall";
    parentElement.appendChild(wall);
  }
  wall.setAttribute("role", "group");
  wall.setAttribute("aria-label", data.label);
  wall.dataset.layout = data.layout;
  wall.replaceChildren(
    ...data.items.map((item) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = item.title;
      button.dataset.sample = item.id;
      const picture = document.createElement("img");
      picture.src = item.thumbnail;
      picture.alt = "";
      picture.loading = "lazy";
      const caption = document.createElement("span");
      caption.textContent = item.caption;
      button.append(picture, caption);
      button.onclick = () => setTriggerValue("picked", item.id);
      return button;
    }),
  );
}
