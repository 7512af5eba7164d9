import { make } from './element.js'

/**
 * Creates the menu of a message, behind a button with three dots. `entries` are pairs of a label and a function.
 */
export function menu(name, entries) {
  const button = make('button', 'dots', '⋯')
  button.type = 'button'
  button.title = 'More actions'
  button.setAttribute('aria-label', name)
  return make('div', 'more', button, menuOf(button, name, entries, 'right'))
}

/** Puts a button and the menu that it opens side by side: its entries are what can be picked. */
export const withMenu = (button, entries) =>
  make('div', 'pick', button, menuOf(button, button.textContent, entries, 'left'))

/**
 * Makes the menu that a button opens. Arrow keys and first letters move through it, Escape or a press elsewhere closes it,
 * and the focus returns to the button. `side` is the one on which both end.
 */
function menuOf(button, name, entries, side) {
  button.setAttribute('aria-haspopup', 'menu')
  button.setAttribute('aria-expanded', 'false')

  const list = make('div', 'menu')
  list.popover = 'auto'
  list.setAttribute('role', 'menu')
  list.setAttribute('aria-label', name)
  const items = entries.map(([label, run]) => {
    const item = make('button', 'entry', label)
    item.type = 'button'
    item.tabIndex = -1
    item.setAttribute('role', 'menuitem')
    item.addEventListener('click', () => {
      list.hidePopover()
      button.focus()
      run()
    })
    return item
  })
  list.append(...items)

  const open = () => {
    list.showPopover()
    const { bottom, top, left, right } = button.getBoundingClientRect()
    const above = bottom + list.offsetHeight + 8 > innerHeight && top > innerHeight - bottom
    list.style.top = `${Math.max(8, above ? top - list.offsetHeight - 4 : bottom + 4)}px`
    const wanted =
      side === 'left' ? Math.min(left, innerWidth - 8 - list.offsetWidth) : right - list.offsetWidth
    list.style.left = `${Math.max(8, wanted)}px`
    items[0].focus()
  }
  const close = () => list.hidePopover()

  list.addEventListener('toggle', event => {
    const isOpen = event.newState === 'open'
    button.setAttribute('aria-expanded', String(isOpen))
    // The menu is placed where the button was: it must not stay there while the page scrolls under it.
    if (isOpen) addEventListener('scroll', close, { once: true, passive: true })
    else removeEventListener('scroll', close)
  })
  button.addEventListener('click', () => (list.matches(':popover-open') ? close() : open()))
  button.addEventListener('keydown', event => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    open()
  })
  list.addEventListener('keydown', event => {
    const at = items.indexOf(document.activeElement)
    const next =
      { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key] ?? indexOfLetter(event, at)
    if (event.key === 'Tab') {
      list.hidePopover()
      button.focus()
    }
    if (next === undefined) return
    event.preventDefault()
    items.at(next % items.length).focus()
  })
  return list

  /** The next entry that begins with a typed letter or digit; undefined for any other key. */
  function indexOfLetter({ key, ctrlKey, metaKey, altKey }, at) {
    if (!/^[\p{L}\p{N}]$/u.test(key) || ctrlKey || metaKey || altKey) return undefined
    const after = items.map((_, step) => (at + 1 + step) % items.length)
    return after.find(index => items[index].textContent.toLowerCase().startsWith(key.toLowerCase()))
  }
}
