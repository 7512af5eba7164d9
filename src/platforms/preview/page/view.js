import { withMenu } from './menu.js'

const TAGS = new Set(
  'div span p strong em s u code pre blockquote ul ol li small hr br a button time img'.split(' '),
)

const PICTURE = /^\/preview\/picture\/[\w-]+\.png$/

/**
 * Builds the elements of a view (see view.ts) from a fixed list, with text as text: no markup is ever parsed. `press`
 * is called with the line of a pressed button or a picked option, whether it turns, and the button.
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
    // A link to a message on this page does not open another tab.
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
      node.addEventListener('click', () => press(view.run, { turns: view.turns === true, from: node }))
    }
  }
  node.append(...view.inside.map(child => element(child, press)))
  if (!view.options) return node
  const pick = ({ run }) => press(run, { turns: true, from: node })
  return withMenu(
    node,
    view.options.map(option => [option.name, () => pick(option)]),
  )
}
