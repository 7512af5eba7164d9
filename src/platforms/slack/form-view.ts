import type { Field, Form, FormValues, Option } from '../../chat/form.ts'
import { text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { plainText, renderBlock, type SlackBlock } from './render.ts'
import { modal, type SlackView, type ViewMetadata } from './view.ts'

/** Slack's limits of inputs, from docs.slack.dev/reference/block-kit/block-elements and …/composition-objects. */
const LIMITS = { options: 100, optionText: 75, few: 10 }

/** What the identifiers of all fields begin with. */
export const FIELD_PREFIX = 'field:'
export const SETTINGS_CALLBACK_ID = 'settings'
export const SETTINGS_TITLE = phrases.slack.digestSettings

/** A form as a modal. An identifier says what the form is about: so another choice brings other values, not the old. */
export const formView = (form: Form, metadata: ViewMetadata): SlackView =>
  modal(
    SETTINGS_TITLE,
    [
      ...renderBlock(text(...form.intro)),
      ...form.fields.map((field): SlackBlock => {
        const { name, label, hint } = field
        return {
          type: 'input',
          block_id: `${name}@${form.name}`,
          label: plainText(label),
          element: { ...inputElement(field), action_id: `${FIELD_PREFIX}${name}` },
          ...(hint !== undefined && { hint: plainText(hint) }),
          ...(field.kind === 'offered' && field.many && { optional: true }),
          ...(field.kind === 'one' && field.rebuildsForm && { dispatch_action: true }),
        }
      }),
    ],
    { metadata, submit: form.submit, callbackId: SETTINGS_CALLBACK_ID },
  )

/** What a suggestion, or a value that was chosen, looks like; none where Slack would not take it. */
export function slackOption({ name, value }: Option): object[] {
  const shown = [name, value].find(one => one.length <= LIMITS.optionText)
  if (shown === undefined || value.length > LIMITS.optionText) return []
  return [{ text: plainText(shown), value }]
}

function inputElement(field: Field): SlackBlock {
  switch (field.kind) {
    case 'time':
      return { type: 'timepicker', initial_time: field.value }
    case 'some': {
      const chosen = slackOptions(field.options.filter(({ value }) => field.values.includes(value)))
      return {
        type: 'checkboxes',
        options: slackOptions(field.options),
        ...(chosen.length > 0 && { initial_options: chosen }),
      }
    }
    case 'one': {
      const chosen = slackOptions(field.options.filter(({ value }) => value === field.value))
      const initial = chosen.length > 0 && { initial_option: chosen[0] }
      // What is too long for a list is looked for by typing.
      if (field.options.length > LIMITS.options)
        return { type: 'external_select', ...initial, min_query_length: 0 }
      const type = field.rebuildsForm || field.options.length > LIMITS.few ? 'static_select' : 'radio_buttons'
      return { type, options: slackOptions(field.options), ...initial }
    }
    case 'offered': {
      const chosen = slackOptions(field.values)
      const more = { placeholder: plainText(field.placeholder), min_query_length: 0 }
      if (field.many)
        return {
          type: 'multi_external_select',
          ...more,
          ...(chosen.length > 0 && { initial_options: chosen }),
        }
      return { type: 'external_select', ...more, ...(chosen.length > 0 && { initial_option: chosen[0] }) }
    }
  }
}

function slackOptions(all: Option[]): object[] {
  return all.map(one => {
    const [drawn] = slackOption(one)
    if (!drawn) throw new Error(`slack: the choice ${one.name} has more than ${LIMITS.optionText} characters`)
    return drawn
  })
}

/** The part of a view's state that is read here. */
export type ViewState = { values: Record<string, Record<string, InputState>> }

type InputState = {
  selected_option?: { value: string } | null
  selected_options?: { value: string }[] | null
  selected_time?: string | null
  value?: string | null
}

/** What was filled in, by the names of the fields. */
export function parseFormValues({ values }: ViewState): FormValues {
  const fields = Object.values(values).flatMap(block => Object.entries(block))
  return Object.fromEntries(
    fields
      .filter(([id]) => id.startsWith(FIELD_PREFIX))
      .map(([id, { selected_option, selected_options, selected_time, value }]) => [
        id.slice(FIELD_PREFIX.length),
        selected_options?.map(one => one.value) ??
          [selected_option?.value ?? selected_time ?? value].filter(one => one != null),
      ]),
  )
}

/** What is wrong, by the blocks of the form; what belongs to no field stands at the first. */
export function problemsByBlock(
  { values }: ViewState,
  problems: Record<string, string>,
): Record<string, string> {
  const blocks = Object.keys(values)
  return Object.fromEntries(
    Object.entries(problems).map(([name, problem]) => [
      blocks.find(block => block.startsWith(`${name}@`)) ?? blocks[0]!,
      problem,
    ]),
  )
}
