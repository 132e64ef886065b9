// Points are [x, y]. A sight is where one looks: {scale, x, y}, of which x and y are the frame's middle in picture pixels.

// The CSS transform that puts an element of size x size onto a quad, corners clockwise from its own top left.
function ontoQuad(quad, size) {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad;
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / whole;
  const h = (dx1 * sy - sx * dy1) / whole;
  const [a, b] = [x1 - x0 + g * x1, x3 - x0 + h * x3];
  const [d, e] = [y1 - y0 + g * y1, y3 - y0 + h * y3];
  const columns = [a / size, d / size, 0, g / size, b / size, e / size, 0, h / size, 0, 0, 1, 0, x0, y0, 0, 1];
  return `matrix3d(${columns.join(",")})`;
}

function boundsOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

const between = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

// A sight that shows nothing beyond the picture where it need not.
function within(sight, frame, view) {
  const fit = Math.min(frame.width / view.width, frame.height / view.height);
  const scale = between(sight.scale, fit, fit * 24);
  const middle = (value, length, whole) =>
    length / scale >= whole ? whole / 2 : between(value, length / scale / 2, whole - length / scale / 2);
  return { scale, x: middle(sight.x, frame.width, view.width), y: middle(sight.y, frame.height, view.height) };
}

// The sight of a box with some of what surrounds it.
function closeUp(points, frame) {
  const { left, top, right, bottom } = boundsOf(points);
  const scale = Math.min(frame.width / (right - left + 1) / 1.5, frame.height / (bottom - top + 1) / 3);
  return { scale, x: (left + right) / 2, y: (top + bottom) / 2 };
}
