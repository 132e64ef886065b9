// Small pieces that the desk is put together from.
const SVG = "http://www.w3.org/2000/svg";

function make(name, className = "", properties = {}, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  const { dataset, attributes, ...rest } = properties;
  Object.assign(element, rest);
  Object.assign(element.dataset, dataset || {});
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function badge(text, tone) {
  return make("span", `badge ${tone}`, { textContent: text, title: text });
}

function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const middleOf = (points) => [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
const distance = ([x0, y0], [x1, y1]) => Math.hypot(x1 - x0, y1 - y0);
const between = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

// The part of a picture inside a quad (clockwise from the text's own top left), upright, as large as the canvas can be.
function drawCrop(canvas, image, picture, quad, most) {
  const across = distance(quad[0], quad[1]);
  const down = distance(quad[0], quad[3]);
  const margin = 0.18 * Math.min(down, across);
  const u = [(quad[1][0] - quad[0][0]) / across, (quad[1][1] - quad[0][1]) / across];
  const v = [(quad[3][0] - quad[0][0]) / down, (quad[3][1] - quad[0][1]) / down];
  const [width, height] = [across + 2 * margin, down + 2 * margin];
  const scale = Math.min(most.width / width, most.height / height);
  const dense = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * scale * dense));
  canvas.height = Math.max(1, Math.round(height * scale * dense));
  canvas.style.width = `${width * scale}px`;
  canvas.style.height = `${height * scale}px`;
  const origin = [0, 1].map((axis) => quad[0][axis] - margin * (u[axis] + v[axis]));
  const whole = (u[0] * v[1] - u[1] * v[0]) / (scale * dense); // of the 2 x 2 matrix with the columns u and v
  const [a, b, c, d] = [v[1] / whole, -u[1] / whole, -v[0] / whole, u[0] / whole];
  const context = canvas.getContext("2d");
  context.setTransform(a, b, c, d, -(a * origin[0] + c * origin[1]), -(b * origin[0] + d * origin[1]));
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, picture.width, picture.height);
}
