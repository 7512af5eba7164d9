import { combobox } from './combobox.js'
import { make } from './element.js'

/**
 * Adds the list of commands to the field, as both platforms have one. Tab completes. While the list is closed, arrow
 * keys bring back earlier lines.
 */
export function picker(field, list, { offers, submit }) {
  const history = []
  let stepsBack = 0

  const take = (offer, how) => {
    field.value = offer.line
    field.focus()
    if (offer.open) return box.follow()
    box.close()
    // Tab completes a line without sending it.
    if (how) submit()
  }

  const box = combobox(field, list, {
    offers: async typed => (typed.startsWith('/') ? offers(typed) : []),
    draw: ({ line, about }) => [make('code', 'command', line), make('span', '', about)],
    take,
  })

  const recall = step => {
    stepsBack = Math.min(history.length, Math.max(0, stepsBack + step))
    field.value = history[history.length - stepsBack] ?? ''
  }

  field.addEventListener('keydown', event => {
    if (event.defaultPrevented) return
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (step !== undefined) recall(step)
    else if (event.key === 'Tab' && box.isOpen() && !event.shiftKey)
      box.firstOffer().then(offer => offer && take(offer))
    else return
    event.preventDefault()
  })

  return {
    close: box.close,
    addToHistory: line => {
      if (history.at(-1) !== line) history.push(line)
      stepsBack = 0
    },
  }
}
