import { combobox } from './combobox.js'
import { make } from './element.js'

/**
 * Creates one field of a form (see src/chat/form.ts): its element, its values, and a way to show a problem. `offers`
 * finds values for typed text; `redraw` is called with a choice that rebuilds the form.
 */
export function field(definition, { offers, redraw }) {
  const { name } = definition
  const id = `field-${name}`
  const parts = KINDS[definition.kind](definition, id, { offers, redraw })
  const hint = definition.hint && make('p', 'hint', definition.hint)
  if (hint) hint.id = `${id}-hint`
  const problem = make('p', 'problem')
  problem.id = `${id}-problem`
  problem.hidden = true

  const label = make(parts.group ? 'legend' : 'label', '', definition.label)
  if (!parts.group) label.htmlFor = id
  const node = make(parts.group ? 'fieldset' : 'div', 'field', label, ...parts.nodes, hint ?? '', problem)
  const described = parts.group ? node : parts.control
  if (hint) described.setAttribute('aria-describedby', hint.id)

  return {
    name,
    node,
    values: parts.values,
    focus: () => parts.control.focus(),
    /** Shows a problem at the field, or removes it if `sentence` is undefined. */
    showProblem: sentence => {
      problem.textContent = sentence ?? ''
      problem.hidden = sentence === undefined
      const ids = [sentence !== undefined && problem.id, hint?.id].filter(Boolean).join(' ')
      if (ids) described.setAttribute('aria-describedby', ids)
      else described.removeAttribute('aria-describedby')
      if (!parts.group) parts.control.toggleAttribute('aria-invalid', sentence !== undefined)
      if (!parts.group && sentence !== undefined) parts.control.setAttribute('aria-invalid', 'true')
    },
  }
}

function inputOf(type, { value = '' }, id) {
  const input = make('input')
  input.type = type
  input.id = id
  input.value = value
  return { control: input, nodes: [input], values: () => [input.value] }
}

const KINDS = {
  one: ({ options, value, rebuildsForm }, id, { redraw }) => {
    const select = make('select', '', ...options.map(option => new Option(option.name, option.value)))
    select.id = id
    select.value = value
    if (rebuildsForm) select.addEventListener('change', () => redraw(select.value))
    return { control: select, nodes: [select], values: () => [select.value] }
  },

  some: ({ options, values }, id) => {
    const boxes = options.map((option, index) => {
      const box = make('input')
      box.type = 'checkbox'
      box.id = `${id}-${index}`
      box.value = option.value
      box.checked = values.includes(option.value)
      return box
    })
    const labels = boxes.map((box, index) => make('label', 'box', box, options[index].name))
    return {
      group: true,
      control: boxes[0],
      nodes: [make('div', 'boxes', ...labels)],
      values: () => boxes.filter(box => box.checked).map(box => box.value),
    }
  },

  time: (definition, id) => inputOf('time', definition, id),
  date: (definition, id) => inputOf('date', definition, id),

  text: ({ value, placeholder, max, long }, id) => {
    const input = make(long ? 'textarea' : 'input')
    if (long) input.rows = 4
    else input.type = 'text'
    input.id = id
    input.autocomplete = 'off'
    input.placeholder = placeholder
    input.maxLength = max
    input.value = value
    return { control: input, nodes: [input], values: () => [input.value] }
  },

  offered: ({ name, label, many, placeholder, values }, id, { offers }) => {
    const input = make('input')
    const list = make('div', 'offers')
    const chosen = make('ul', 'chosen')
    input.id = id
    input.type = 'text'
    input.autocomplete = 'off'
    input.spellcheck = false
    input.placeholder = placeholder
    list.id = `${id}-offers`
    list.hidden = true
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', label)
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-controls', list.id)
    input.setAttribute('aria-autocomplete', 'list')

    const chosenValues = many ? values.map(({ value }) => value) : []
    if (!many) input.value = values[0]?.value ?? ''
    const showChosen = () => {
      chosen.hidden = chosenValues.length === 0
      chosen.replaceChildren(...chosenValues.map(makeChip))
    }
    const makeChip = value => {
      const button = make('button', 'chip', value, make('span', '', '×'))
      button.type = 'button'
      button.setAttribute('aria-label', `Remove ${value}`)
      button.addEventListener('click', () => {
        chosenValues.splice(chosenValues.indexOf(value), 1)
        showChosen()
        input.focus()
      })
      return make('li', '', button)
    }
    const box = combobox(input, list, {
      offers: async typed => (await offers(name, typed)).filter(({ value }) => !chosenValues.includes(value)),
      draw: offer =>
        offer.name.includes(offer.value)
          ? [offer.name]
          : [make('strong', '', offer.value), make('span', '', offer.name)],
      take: ({ value }) => {
        if (many) chosenValues.push(value)
        input.value = many ? '' : value
        showChosen()
        box.close()
      },
      // The list covers the form and moves nothing. It is above the field if there is no room below.
      onOpened: () => {
        const foot = input.closest('dialog').querySelector('.foot')
        const room = foot.getBoundingClientRect().top - input.getBoundingClientRect().bottom
        list.classList.toggle('above', room < list.offsetHeight)
      },
    })
    input.addEventListener('click', () => box.isOpen() || box.follow())
    input.addEventListener('keydown', event => {
      if (event.defaultPrevented || event.key !== 'ArrowDown') return
      event.preventDefault()
      box.follow()
    })
    showChosen()
    return {
      control: input,
      nodes: [chosen, make('div', 'combo', input, list)],
      // Text that was typed and not taken from the list is a value too.
      values: () => [...chosenValues, input.value.trim()].filter(Boolean),
    }
  },
}
