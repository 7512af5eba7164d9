import { combobox } from './combobox.js'
import { make } from './element.js'

/**
 * One field of a form (see form.ts in src): what stands on the page, the values in it, and how it says what is wrong.
 * `offers` finds values for what is typed; `redraw` is called where another choice asks for the form anew.
 */
export function field(one, { offers, redraw }) {
  const id = `field-${one.name}`
  const parts = KINDS[one.kind](one, id, { offers, redraw })
  const hint = one.hint && make('p', 'hint', one.hint)
  if (hint) hint.id = `${id}-hint`
  const problem = make('p', 'problem')
  problem.id = `${id}-problem`
  problem.hidden = true

  const label = make(parts.group ? 'legend' : 'label', '', one.label)
  if (!parts.group) label.htmlFor = id
  const node = make(parts.group ? 'fieldset' : 'div', 'field', label, ...parts.nodes, hint ?? '', problem)
  const told = parts.group ? node : parts.control
  if (hint) told.setAttribute('aria-describedby', hint.id)

  return {
    name: one.name,
    node,
    values: parts.values,
    focus: () => parts.control.focus(),
    /** Says what is wrong at the field, or that nothing is. */
    showProblem: sentence => {
      problem.textContent = sentence ?? ''
      problem.hidden = sentence === undefined
      const by = [sentence !== undefined && problem.id, hint?.id].filter(Boolean).join(' ')
      if (by) told.setAttribute('aria-describedby', by)
      else told.removeAttribute('aria-describedby')
      if (!parts.group) parts.control.toggleAttribute('aria-invalid', sentence !== undefined)
      if (!parts.group && sentence !== undefined) parts.control.setAttribute('aria-invalid', 'true')
    },
  }
}

const KINDS = {
  one: ({ options, value, rebuildsForm }, id, { redraw }) => {
    const select = make('select', '', ...options.map(one => new Option(one.name, one.value)))
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

  time: ({ value }, id) => {
    const input = make('input')
    input.type = 'time'
    input.id = id
    input.value = value
    return { control: input, nodes: [input], values: () => [input.value] }
  },

  offered: (one, id, { offers }) => {
    const input = make('input')
    const list = make('div', 'offers')
    const chosen = make('ul', 'chosen')
    input.id = id
    input.type = 'text'
    input.autocomplete = 'off'
    input.spellcheck = false
    input.placeholder = one.placeholder
    list.id = `${id}-offers`
    list.hidden = true
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', one.label)
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-controls', list.id)
    input.setAttribute('aria-autocomplete', 'list')

    const kept = one.many ? one.values.map(({ value }) => value) : []
    if (!one.many) input.value = one.values[0]?.value ?? ''
    const show = () => {
      chosen.hidden = kept.length === 0
      chosen.replaceChildren(...kept.map(value => chip(value)))
    }
    const chip = value => {
      const button = make('button', 'chip', value, make('span', '', '×'))
      button.type = 'button'
      button.setAttribute('aria-label', `Remove ${value}`)
      button.addEventListener('click', () => {
        kept.splice(kept.indexOf(value), 1)
        show()
        input.focus()
      })
      return make('li', '', button)
    }
    const shown = combobox(input, list, {
      offers: async typed => (await offers(one.name, typed)).filter(({ value }) => !kept.includes(value)),
      draw: ({ name, value }) =>
        name.includes(value) ? [name] : [make('strong', '', value), make('span', '', name)],
      take: ({ value }) => {
        if (one.many) kept.push(value)
        input.value = one.many ? '' : value
        show()
        shown.close()
      },
      // It lies over the form and moves nothing; below the field where there is room.
      onOpened: () => {
        const foot = input.closest('dialog').querySelector('.foot')
        const room = foot.getBoundingClientRect().top - input.getBoundingClientRect().bottom
        list.classList.toggle('above', room < list.offsetHeight)
      },
    })
    input.addEventListener('click', () => shown.isOpen() || shown.follow())
    input.addEventListener('keydown', event => {
      if (event.defaultPrevented || event.key !== 'ArrowDown') return
      event.preventDefault()
      shown.follow()
    })
    show()
    return {
      control: input,
      nodes: [chosen, make('div', 'combo', input, list)],
      // What was typed and not taken from the list counts as well.
      values: () => [...kept, input.value.trim()].filter(Boolean),
    }
  },
}
