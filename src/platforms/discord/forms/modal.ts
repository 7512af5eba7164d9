import { setTimeout as sleep } from 'node:timers/promises'
import type { Field, Form, FormValues, Option } from '../../../chat/form.ts'
import type { Call, DigestSettings } from '../../../chat/platform.ts'
import type { Reply } from '../../../chat/reply.ts'
import { LATE_FORM_REPLY } from '../../responder.ts'

/** Discord's limits for modals, from docs.discord.com/developers/components/reference. */
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
const PARAGRAPH = 2

/** Discord waits 3 s for any answer, and a modal can only be the first one. */
const FORM_TIMEOUT_MS = 2_000

/** Begins the identifier of every form; the name of the form follows. */
const FORM_PREFIX = 'form:'

/** A modal, as JSON for Discord. */
export type Modal = { custom_id: string; title: string; components: object[] }

/** Loads the form that a call asks for as a modal; a reply for people who may only look, or where it takes too long. */
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
 * Draws a form as a modal. Its subject was chosen before, since a modal cannot be redrawn. Values that are searched for
 * are typed, since a modal has no suggestions; so one field is enough for two of them that may be typed together. Throws
 * where a limit is exceeded.
 */
export function formModal({ name, title, fields }: Form): Modal {
  const shown = joinFields(fields.filter(field => !(field.kind === 'one' && field.rebuildsForm)))
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

/** Joins each field that says so with the next one: people type both values into it. */
function joinFields(fields: Field[]): Field[] {
  return fields.flatMap((field, index) => {
    const before = fields[index - 1]
    if (before?.kind === 'time' && before.withNext !== undefined) return []
    if (field.kind !== 'time' || field.withNext === undefined) return [field]
    const next = fields[index + 1]
    const typed = next?.kind === 'offered' ? next.values.map(option => option.value) : []
    return [{ ...field, label: field.withNext, value: [field.value, ...typed].join(' ') }]
  })
}

function inputComponent(field: Field): object {
  switch (field.kind) {
    case 'one':
      return { type: TYPE.select, options: selectOptions(field.options, [field.value]), required: true }
    case 'some':
      return {
        type: TYPE.select,
        options: selectOptions(field.options, field.values),
        min_values: 1,
        max_values: field.options.length,
        required: true,
      }
    case 'time':
    case 'date':
      return { type: TYPE.text, style: SHORT, value: field.value, required: true }
    case 'text':
      return {
        type: TYPE.text,
        style: field.long ? PARAGRAPH : SHORT,
        ...(field.placeholder !== '' && { placeholder: field.placeholder }),
        max_length: field.max,
        required: field.required === true,
        ...(field.value !== '' && { value: field.value }),
      }
    case 'offered': {
      const value = field.values.map(option => option.value).join(', ')
      assertAtMost('the value of a field', value.length, LIMITS.value)
      return {
        type: TYPE.text,
        style: SHORT,
        placeholder: field.placeholder,
        required: !field.many,
        ...(value !== '' && { value }),
      }
    }
  }
}

function selectOptions(options: Option[], chosen: string[]): object[] {
  assertAtMost('the choices of a field', options.length, LIMITS.options)
  return options.map(({ name, value }) => {
    assertAtMost('a choice', Math.max(name.length, value.length), LIMITS.optionText)
    return { label: name, value, ...(chosen.includes(value) && { default: true }) }
  })
}

/** A submitted modal; only the fields that are read here. */
export type ModalData = {
  custom_id?: string
  components?: { component?: { custom_id: string; value?: string | null; values?: string[] } }[]
}

/** The name of the form that was submitted; undefined for any other modal. */
export const formNameOf = ({ custom_id = '' }: ModalData): string | undefined =>
  custom_id.startsWith(FORM_PREFIX) ? custom_id.slice(FORM_PREFIX.length) : undefined

/** Reads what was filled in, by the names of the fields. The name of the form is the value of `subjectField`. */
export function parseFormValues(
  { custom_id = '', components = [] }: ModalData,
  subjectField: string,
): FormValues {
  const filled = components.flatMap(({ component }) =>
    component ? [[component.custom_id, component.values ?? [component.value ?? '']] as const] : [],
  )
  return { ...Object.fromEntries(filled), [subjectField]: [custom_id.slice(FORM_PREFIX.length)] }
}

function assertAtMost(what: string, length: number, limit: number) {
  if (length > limit) throw new Error(`discord: ${what} has ${length}, at most ${limit}`)
}
