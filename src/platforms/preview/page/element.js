/** Makes an element with a class and children, for the page's own parts. */
export function make(tag, name, ...children) {
  const node = document.createElement(tag)
  if (name) node.className = name
  node.append(...children)
  return node
}
