const TAGS = new Set(
  'div span p strong em s u code pre blockquote ul ol li small hr br a button time img'.split(' '),
)

const PICTURE = /^\/preview\/picture\/[\w-]+\.png$/

/**
 * Builds a view (see view.ts): elements of a fixed list, text as text. No markup is ever parsed.
 * `press` is called with the line of a button.
 */
export function element(view, press) {
  if (typeof view === 'string') return document.createTextNode(view)
  if (!TAGS.has(view.tag)) throw new Error(`element: ${view.tag} is not on the list`)
  const node = document.createElement(view.tag)
  if (view.class) node.className = view.class
  if (view.title) node.title = view.title
  if (view.hidden) node.setAttribute('aria-hidden', 'true')
  if (view.tint) node.style.setProperty('--tint', view.tint)
  if (view.tag === 'a' && (/^https?:\/\//.test(view.href) || PICTURE.test(view.href))) {
    node.href = view.href
    // What stands on this very page is gone to on it.
    if (!view.href.startsWith(`${location.origin}/#`)) {
      node.target = '_blank'
      node.rel = 'noopener noreferrer'
    }
  }
  if (view.tag === 'img' && PICTURE.test(view.src)) {
    node.loading = 'lazy'
    node.decoding = 'async'
    node.alt = view.alt
    node.width = view.width
    node.height = view.height
    node.src = view.src
  }
  if (view.tag === 'button') {
    node.type = 'button'
    node.disabled = view.off === true
    if (view.run) {
      node.title = view.run
      node.addEventListener('click', () => press(view.run))
    }
  }
  node.append(...view.inside.map(one => element(one, press)))
  return node
}

/** An element with a class and children, for the page's own parts. */
export function make(tag, name, ...inside) {
  const node = document.createElement(tag)
  if (name) node.className = name
  node.append(...inside)
  return node
}
