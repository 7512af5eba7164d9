import { combobox } from './combobox.js'
import { make } from './element.js'

/**
 * The list of commands over the field, as both platforms have one. Arrows bring back earlier lines while it is closed,
 * and Tab completes.
 */
export function picker(field, list, { offers, submit }) {
  const history = []
  let back = 0

  const take = (offer, how) => {
    field.value = offer.line
    field.focus()
    if (offer.open) return shown.follow()
    shown.close()
    if (how) submit()
  }

  const shown = combobox(field, list, {
    offers: async typed => (typed.startsWith('/') ? offers(typed) : []),
    draw: ({ line, about }) => [make('code', 'command', line), make('span', '', about)],
    take,
  })

  const remember = step => {
    back = Math.min(history.length, Math.max(0, back + step))
    field.value = history[history.length - back] ?? ''
  }

  field.addEventListener('keydown', event => {
    if (event.defaultPrevented) return
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (step !== undefined) remember(step)
    else if (event.key === 'Tab' && shown.isOpen() && !event.shiftKey)
      shown.firstOffer().then(offer => offer && take(offer))
    else return
    event.preventDefault()
  })

  return {
    close: shown.close,
    addToHistory: line => {
      if (history.at(-1) !== line) history.push(line)
      back = 0
    },
  }
}
