import { make } from './element.js'

/**
 * Creates the menu of a message, behind a button with three dots. Arrow keys move through it, Escape or a press
 * elsewhere closes it, and the focus returns to the button. `entries` are pairs of a label and a function.
 */
export function menu(name, entries) {
  const button = make('button', 'dots', '⋯')
  button.type = 'button'
  button.title = 'More actions'
  button.setAttribute('aria-label', name)
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
    const { bottom, top, right } = button.getBoundingClientRect()
    const above = bottom + list.offsetHeight + 8 > innerHeight
    list.style.top = `${above ? top - list.offsetHeight - 4 : bottom + 4}px`
    list.style.left = `${Math.max(8, right - list.offsetWidth)}px`
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
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (event.key === 'Tab') {
      list.hidePopover()
      button.focus()
    }
    if (next === undefined) return
    event.preventDefault()
    items.at(next % items.length).focus()
  })
  return make('div', 'more', button, list)
}
