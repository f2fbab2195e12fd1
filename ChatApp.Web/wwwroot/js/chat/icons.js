// The few icons that script draws; Layout/Icon.razor has the same and the others.
const paths = {
  copy: 'M9 9h9.5v10.5H9ZM15 9V4.5H5.5V15H9',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5V8H15',
  alert: 'M12 4L2.8 19.5h18.4ZM12 10v4.5M12 17v.2',
  send: 'M12 19.5V5M5.5 11.5L12 5l6.5 6.5',
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const attributes = {
    class: `icon icon-${name}`, viewBox: '0 0 24 24', width: 20, height: 20, fill: 'none', stroke: 'currentColor',
    'stroke-width': 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true',
  };
  for (const [key, value] of Object.entries(attributes)) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(svg.namespaceURI, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
