/** A longer list is quicker to search by typing on. */
const MAX_SHOWN = 50

/**
 * Adds a list of offers to a field. The list follows the typed text; arrow keys move through it, Enter takes the marked
 * offer, Escape closes it. `offers` finds offers for a text, `draw` returns the content of one, `take` gets the chosen
 * offer and how it was chosen (`enter`, `click`), and `onOpened` is called when the list is shown.
 */
export function combobox(field, list, { offers, draw, take, onOpened }) {
  let shown = []
  let markedIndex = -1
  let requestCount = 0
  let refreshing = Promise.resolve()

  const isOpen = () => !list.hidden

  const close = () => {
    requestCount++
    list.hidden = true
    markedIndex = -1
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }

  const mark = index => {
    markedIndex = index
    for (const [number, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(number === index))
    if (index < 0) return field.removeAttribute('aria-activedescendant')
    field.setAttribute('aria-activedescendant', list.children[index].id)
    list.children[index].scrollIntoView({ block: 'nearest' })
  }

  const follow = () => {
    refreshing = refresh()
  }

  const refresh = async () => {
    const request = ++requestCount
    const found = await offers(field.value).catch(() => [])
    if (request !== requestCount || document.activeElement !== field) return
    const next = found.slice(0, MAX_SHOWN)
    // The same offers stay as they are, and so does the one that is marked meanwhile.
    if (isOpen() && JSON.stringify(next) === JSON.stringify(shown)) return
    shown = next
    list.replaceChildren(...shown.map(makeOption))
    if (shown.length === 0) return close()
    list.hidden = false
    list.scrollTop = 0
    field.setAttribute('aria-expanded', 'true')
    onOpened?.()
    mark(-1)
  }

  /** The marked offer, or the first. Waits for a running refresh; undefined if the text changes meanwhile. */
  const firstOffer = async () => {
    const typed = field.value
    await refreshing
    return field.value === typed && isOpen() ? shown[Math.max(0, markedIndex)] : undefined
  }

  const makeOption = (offer, index) => {
    const node = document.createElement('div')
    node.className = 'option'
    node.append(...draw(offer))
    node.id = `${list.id}-${index}`
    node.setAttribute('role', 'option')
    node.setAttribute('aria-selected', 'false')
    // Otherwise the field would lose its focus, and the list close, before the click arrives.
    node.addEventListener('pointerdown', event => event.preventDefault())
    node.addEventListener('click', () => take(offer, 'click'))
    return node
  }

  field.addEventListener('input', follow)
  field.addEventListener('blur', close)
  field.addEventListener('keydown', event => {
    if (!isOpen()) return
    const step = { ArrowUp: markedIndex < 0 ? 0 : -1, ArrowDown: 1 }[event.key]
    if (step !== undefined) mark((markedIndex + step + shown.length) % shown.length)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && markedIndex >= 0) take(shown[markedIndex], 'enter')
    else return
    // Tells the field's other listeners that the list has handled the key.
    event.preventDefault()
  })

  return { close, follow, isOpen, firstOffer }
}
