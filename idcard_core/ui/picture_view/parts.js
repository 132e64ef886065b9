// The parts of a picture view: what lies on the picture, and the bar above it.
const SVG = "http://www.w3.org/2000/svg";
const LAYER_PX = 1000; // size that a layer is laid out with before it is put onto its quad

const make = (name, className, properties = {}) =>
  Object.assign(document.createElement(name), { className, ...properties });

function shape(name, className, attributes) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", className);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function layerOf(layer) {
  const image = make("img", "layer", { src: layer.image, alt: layer.label, draggable: false });
  image.dataset.layer = layer.name;
  image.style.width = image.style.height = `${LAYER_PX}px`;
  image.style.transform = ontoQuad(layer.points, LAYER_PX);
  return image;
}

const outlineOf = (outline) => shape("polygon", "outline", { points: outline.points.join(" ") });

function numberOf(outline) {
  const [x, y] = outline.points.reduce((best, corner) => (corner[0] + corner[1] < best[0] + best[1] ? corner : best));
  return Object.assign(make("b", "number", { textContent: outline.number, hidden: !outline.number }), { x, y });
}

function barOf(shown) {
  const { data, view } = shown;
  const { words } = data;
  const group = (label, buttons) => {
    const element = make("div", "group", { role: "group", ariaLabel: label });
    element.append(...buttons);
    return element;
  };
  const toggle = (name, label, pressed, onclick) => {
    const button = make("button", "switch", { type: "button", textContent: label, onclick });
    button.dataset.switch = name;
    button.setAttribute("aria-pressed", pressed);
    return button;
  };
  const tool = (name, sign, onclick) => {
    const button = make("button", "tool", { type: "button", title: words[name], textContent: sign, onclick });
    button.setAttribute("aria-label", words[name]);
    button.dataset.tool = name;
    return button;
  };
  const tabs = data.views.map((one) => toggle(`view-${one.id}`, one.label, one === view, () => shown.turnTo(one.id)));
  const layers = [...new Map(view.layers.map((layer) => [layer.name, layer])).values()];
  const boxes = { name: "boxes", label: words.boxes, shown: true };
  const switches = [boxes, ...layers].map((layer) =>
    toggle(`layer-${layer.name}`, layer.label, shown.isOn(layer), () => shown.flip(layer)),
  );
  const draw = toggle("draw", words.draw, Boolean(shown.drawing), () => shown.draws(!shown.drawing));
  draw.title = words.draw_hint;
  return [
    ...(tabs.length > 1 ? [group(words.views, tabs)] : []),
    group(words.layers, switches),
    make("span", "space"),
    ...(data.drawing === "off" ? [] : [group(words.draw, [draw])]),
    group(words.reset, [
      tool("zoom_out", "−", () => shown.zoom(1 / 1.4, null)),
      tool("reset", "⤢", () => shown.reset()),
      tool("zoom_in", "+", () => shown.zoom(1.4, null)),
    ]),
  ];
}
