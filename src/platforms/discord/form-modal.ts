import { setTimeout as sleep } from 'node:timers/promises'
import type { Field, Form, FormValues, Option } from '../../chat/form.ts'
import type { Call, DigestSettings } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { LATE_FORM_REPLY } from '../responder.ts'

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
const FORM_TIMEOUT_MS = 2_000

/** What the identifiers of all our modals begin with; what the form is about comes after it. */
export const FORM_PREFIX = 'form:'

/** A modal as Discord takes it. */
export type Modal = { custom_id: string; title: string; components: object[] }

/** What a call for a form is answered with: the modal, or a reply for whoever may only look. */
export async function loadFormModal(
  settings: DigestSettings,
  call: Call,
  name: string | undefined,
): Promise<Modal | Reply> {
  const late = sleep(FORM_TIMEOUT_MS, LATE_FORM_REPLY, { ref: false })
  const form = await Promise.race([settings.buildForm(call, name), late])
  return 'fields' in form ? formModal(form) : form
}

/**
 * A form as a modal. What it is about was chosen before, since a modal cannot be drawn anew. Values that are looked for
 * are typed: a modal takes no suggestions. Throws where a limit is passed.
 */
export function formModal({ name, title, fields }: Form): Modal {
  const shown = fields.filter(field => !(field.kind === 'one' && field.rebuildsForm))
  if (shown.length > LIMITS.fields)
    throw new Error(`discord: ${shown.length} fields, at most ${LIMITS.fields}`)
  return {
    custom_id: `${FORM_PREFIX}${name}`,
    title: title.length <= LIMITS.title ? title : name,
    components: shown.map(field => {
      assertAtMost('the label of a field', field.label.length, LIMITS.label)
      assertAtMost('the hint of a field', field.hint?.length ?? 0, LIMITS.description)
      return {
        type: TYPE.label,
        label: field.label,
        ...(field.hint !== undefined && { description: field.hint }),
        component: { custom_id: field.name, ...inputComponent(field) },
      }
    }),
  }
}

function inputComponent(field: Field): object {
  switch (field.kind) {
    case 'one':
      return { type: TYPE.select, options: selectOptions(field.options, [field.value]), required: true }
    case 'some': {
      const most = field.options.length
      const all = selectOptions(field.options, field.values)
      return { type: TYPE.select, options: all, min_values: 1, max_values: most, required: true }
    }
    case 'time':
      return { type: TYPE.text, style: SHORT, value: field.value, required: true }
    case 'offered': {
      const value = field.values.map(one => one.value).join(', ')
      assertAtMost('the value of a field', value.length, LIMITS.value)
      return {
        ...{ type: TYPE.text, style: SHORT, placeholder: field.placeholder, required: !field.many },
        ...(value !== '' && { value }),
      }
    }
  }
}

function selectOptions(all: Option[], chosen: string[]): object[] {
  assertAtMost('the choices of a field', all.length, LIMITS.options)
  return all.map(({ name, value }) => {
    assertAtMost('a choice', Math.max(name.length, value.length), LIMITS.optionText)
    return { label: name, value, ...(chosen.includes(value) && { default: true }) }
  })
}

/** The part of a submitted modal that is read here. */
export type ModalData = {
  custom_id?: string
  components?: { component?: { custom_id: string; value?: string | null; values?: string[] } }[]
}

/** What was filled in, by the names of the fields; what the form is about is the value of `about`. */
export function parseFormValues({ custom_id = '', components = [] }: ModalData, about: string): FormValues {
  const given = components.flatMap(({ component }) =>
    component ? [[component.custom_id, component.values ?? [component.value ?? '']] as const] : [],
  )
  return { ...Object.fromEntries(given), [about]: [custom_id.slice(FORM_PREFIX.length)] }
}

function assertAtMost(what: string, length: number, most: number) {
  if (length > most) throw new Error(`discord: ${what} has ${length}, at most ${most}`)
}
