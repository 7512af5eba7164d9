import { make } from './element.js'

/**
 * The list of commands over the field, as both platforms have one: it follows what is typed. Arrows walk it while it
 * is open, and bring back earlier lines while it is not.
 */
export function picker(field, list, { offers, submit }) {
  const history = []
  let back = 0
  let shown = []
  let at = -1
  let wanted = 0

  const close = () => {
    list.hidden = true
    at = -1
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }

  const mark = index => {
    at = index
    for (const [number, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(number === at))
    if (at < 0) return field.removeAttribute('aria-activedescendant')
    field.setAttribute('aria-activedescendant', list.children[at].id)
    list.children[at].scrollIntoView({ block: 'nearest' })
  }

  const take = offer => {
    field.value = offer.line
    field.focus()
    if (offer.open) return follow()
    close()
  }

  const follow = async () => {
    const mine = ++wanted
    if (!field.value.startsWith('/')) return close()
    const found = await offers(field.value)
    if (mine !== wanted || document.activeElement !== field) return
    shown = found.slice(0, 50)
    list.replaceChildren(...shown.map(option))
    if (shown.length === 0) return close()
    list.hidden = false
    list.scrollTop = 0
    field.setAttribute('aria-expanded', 'true')
    mark(-1)
  }

  const option = (offer, index) => {
    const node = make('div', 'option', make('code', 'command', offer.line), make('span', '', offer.about))
    node.id = `option-${index}`
    node.setAttribute('role', 'option')
    node.setAttribute('aria-selected', 'false')
    // The field would lose its focus before a click arrives.
    node.addEventListener('pointerdown', event => event.preventDefault())
    node.addEventListener('click', () => {
      take(offer)
      if (!offer.open) submit()
    })
    return node
  }

  const walk = step => mark((at + step + shown.length) % shown.length)

  const remember = step => {
    back = Math.min(history.length, Math.max(0, back + step))
    field.value = history[history.length - back] ?? ''
  }

  field.addEventListener('input', follow)
  field.addEventListener('blur', close)
  field.addEventListener('keydown', event => {
    const open = !list.hidden
    const up = event.key === 'ArrowUp'
    if (up || event.key === 'ArrowDown') {
      event.preventDefault()
      if (open) walk(up ? (at < 0 ? 0 : -1) : 1)
      else remember(up ? 1 : -1)
    } else if (event.key === 'Escape') close()
    else if (event.key === 'Tab' && open && !event.shiftKey) {
      event.preventDefault()
      take(shown[Math.max(0, at)])
    } else if (event.key === 'Enter' && open && at >= 0) {
      const offer = shown[at]
      event.preventDefault()
      take(offer)
      if (!offer.open) submit()
    }
  })

  return {
    close: () => {
      wanted++
      close()
    },
    keep: line => {
      if (history.at(-1) !== line) history.push(line)
      back = 0
    },
  }
}
