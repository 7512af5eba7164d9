import { setTimeout as sleep } from 'node:timers/promises'
import type { Field, Filled, Form, Option } from '../../chat/form.ts'
import type { Call, Settings } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { LATE_FORM } from '../answering.ts'

/** Discord's limits of modals, from docs.discord.com/developers/components/reference. */
const LIMITS = {
  fields: 5,
  title: 45,
  label: 45,
  description: 100,
  options: 25,
  optionText: 100,
  value: 4_000,
}
const TYPE = { select: 3, text: 4, label: 18 }
const SHORT = 1

/** A modal has to be there within the 3 s that Discord waits for any answer. */
const PATIENCE_MS = 2_000

/** What the identifiers of all our modals begin with; what the form is about comes after it. */
export const FORM = 'form:'

/** A modal as Discord takes it. */
export type Modal = { custom_id: string; title: string; components: object[] }

/** What a call for a form is answered with: the modal, or a reply for whoever may only look. */
export async function formOf(
  settings: Settings,
  call: Call,
  name: string | undefined,
): Promise<Modal | Reply> {
  const late = sleep(PATIENCE_MS, LATE_FORM, { ref: false })
  const form = await Promise.race([settings.form(call, name), late])
  return 'fields' in form ? formModal(form) : form
}

/**
 * A form as a modal. What it is about was chosen before, since a modal cannot be drawn anew. Values that are looked for
 * are typed: a modal takes no suggestions. Throws where a limit is passed.
 */
export function formModal({ name, title, fields }: Form): Modal {
  const shown = fields.filter(field => !(field.kind === 'one' && field.redraws))
  if (shown.length > LIMITS.fields)
    throw new Error(`discord: ${shown.length} fields, at most ${LIMITS.fields}`)
  return {
    custom_id: `${FORM}${name}`,
    title: title.length <= LIMITS.title ? title : name,
    components: shown.map(field => {
      atMost('the label of a field', field.label.length, LIMITS.label)
      atMost('the hint of a field', field.hint?.length ?? 0, LIMITS.description)
      return {
        type: TYPE.label,
        label: field.label,
        ...(field.hint !== undefined && { description: field.hint }),
        component: { custom_id: field.name, ...component(field) },
      }
    }),
  }
}

function component(field: Field): object {
  switch (field.kind) {
    case 'one':
      return { type: TYPE.select, options: options(field.options, [field.value]), required: true }
    case 'some': {
      const most = field.options.length
      const all = options(field.options, field.values)
      return { type: TYPE.select, options: all, min_values: 1, max_values: most, required: true }
    }
    case 'time':
      return { type: TYPE.text, style: SHORT, value: field.value, required: true }
    case 'offered': {
      const value = field.values.map(one => one.value).join(', ')
      atMost('the value of a field', value.length, LIMITS.value)
      return {
        ...{ type: TYPE.text, style: SHORT, placeholder: field.placeholder, required: !field.many },
        ...(value !== '' && { value }),
      }
    }
  }
}

function options(all: Option[], chosen: string[]): object[] {
  atMost('the choices of a field', all.length, LIMITS.options)
  return all.map(({ name, value }) => {
    atMost('a choice', Math.max(name.length, value.length), LIMITS.optionText)
    return { label: name, value, ...(chosen.includes(value) && { default: true }) }
  })
}

/** The part of a submitted modal that is read here. */
export type ModalData = {
  custom_id?: string
  components?: { component?: { custom_id: string; value?: string | null; values?: string[] } }[]
}

/** What was filled in, by the names of the fields; what the form is about is the value of `about`. */
export function filledIn({ custom_id = '', components = [] }: ModalData, about: string): Filled {
  const given = components.flatMap(({ component }) =>
    component ? [[component.custom_id, component.values ?? [component.value ?? '']] as const] : [],
  )
  return { ...Object.fromEntries(given), [about]: [custom_id.slice(FORM.length)] }
}

function atMost(what: string, length: number, most: number) {
  if (length > most) throw new Error(`discord: ${what} has ${length}, at most ${most}`)
}
