/**
 * A list of offers at a field: it follows what is typed, arrows walk it, Enter takes what is marked, Escape closes it.
 * `offers` finds them, `draw` gives what stands in one, `take` gets the one that was chosen and how (`enter`, `click`);
 * `onOpened` is called once they are there.
 */
export function combobox(field, list, { offers, draw, take, onOpened }) {
  let shown = []
  let at = -1
  let wanted = 0
  let following = Promise.resolve()

  const isOpen = () => !list.hidden

  const close = () => {
    wanted++
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

  const follow = () => {
    following = refresh()
  }

  const refresh = async () => {
    const mine = ++wanted
    const found = await offers(field.value).catch(() => [])
    if (mine !== wanted || document.activeElement !== field) return
    shown = found.slice(0, 50)
    list.replaceChildren(...shown.map(option))
    if (shown.length === 0) return close()
    list.hidden = false
    list.scrollTop = 0
    field.setAttribute('aria-expanded', 'true')
    onOpened?.()
    mark(-1)
  }

  /** What is marked, or stands first; what stands there for other letters than are typed by now is waited for. */
  const firstOffer = async () => {
    const typed = field.value
    await following
    return field.value === typed && isOpen() ? shown[Math.max(0, at)] : undefined
  }

  const option = (offer, index) => {
    const node = document.createElement('div')
    node.className = 'option'
    node.append(...draw(offer))
    node.id = `${list.id}-${index}`
    node.setAttribute('role', 'option')
    node.setAttribute('aria-selected', 'false')
    // The field would lose its focus before a click arrives.
    node.addEventListener('pointerdown', event => event.preventDefault())
    node.addEventListener('click', () => take(offer, 'click'))
    return node
  }

  field.addEventListener('input', follow)
  field.addEventListener('blur', close)
  field.addEventListener('keydown', event => {
    if (!isOpen()) return
    const step = { ArrowUp: at < 0 ? 0 : -1, ArrowDown: 1 }[event.key]
    if (step !== undefined) mark((at + step + shown.length) % shown.length)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && at >= 0) take(shown[at], 'enter')
    else return
    // Others see by this that the key was for the list.
    event.preventDefault()
  })

  return { close, follow, isOpen, firstOffer, markedOffer: () => shown[at] }
}
