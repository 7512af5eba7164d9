import type { Field, Form, FormValues, Option } from '../../chat/form.ts'
import { text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { plainText } from './mrkdwn.ts'
import { renderBlock, type SlackBlock } from './render.ts'
import { modal, type SlackView, type ViewMetadata } from './view.ts'

/** Slack's limits for inputs, from docs.slack.dev/reference/block-kit/block-elements and …/composition-objects. */
const LIMITS = { options: 100, optionText: 75, radioButtons: 10 }

/** Begins the action identifiers of all fields. */
export const FIELD_PREFIX = 'field:'
export const SETTINGS_CALLBACK_ID = 'settings'
export const SETTINGS_TITLE = phrases.slack.digestSettings

/**
 * Draws a form as a modal. The subject of the form is part of each block's identifier: Slack keeps what was filled in
 * under the same identifier, and another subject must show other values.
 */
export const formView = (form: Form, metadata: ViewMetadata, title = SETTINGS_TITLE): SlackView =>
  modal(
    title,
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
          ...(mayBeEmpty(field) && { optional: true }),
          ...(field.kind === 'one' && field.rebuildsForm && { dispatch_action: true }),
        }
      }),
    ],
    { metadata, submit: form.submit, callbackId: SETTINGS_CALLBACK_ID },
  )

const mayBeEmpty = (field: Field): boolean =>
  (field.kind === 'text' && !field.required) || (field.kind === 'offered' && field.many)

/** Draws a suggestion, or a chosen value, as an option; an empty list where it is too long for Slack. */
export function slackOption({ name, value }: Option): object[] {
  const label = [name, value].find(words => words.length <= LIMITS.optionText)
  if (label === undefined || value.length > LIMITS.optionText) return []
  return [{ text: plainText(label), value }]
}

function inputElement(field: Field): SlackBlock {
  switch (field.kind) {
    case 'time':
      return { type: 'timepicker', initial_time: field.value }
    case 'date':
      return { type: 'datepicker', initial_date: field.value }
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
      // In a list that is too long the reader searches by typing.
      if (field.options.length > LIMITS.options)
        return { type: 'external_select', ...initial, min_query_length: 0 }
      const type =
        field.rebuildsForm || field.options.length > LIMITS.radioButtons ? 'static_select' : 'radio_buttons'
      return { type, options: slackOptions(field.options), ...initial }
    }
    case 'text':
      return {
        type: 'plain_text_input',
        ...(field.long && { multiline: true }),
        ...(field.placeholder !== '' && { placeholder: plainText(field.placeholder) }),
        max_length: field.max,
        ...(field.value !== '' && { initial_value: field.value }),
      }
    case 'offered': {
      const chosen = slackOptions(field.values)
      const shared = { placeholder: plainText(field.placeholder), min_query_length: 0 }
      if (field.many)
        return {
          type: 'multi_external_select',
          ...shared,
          ...(chosen.length > 0 && { initial_options: chosen }),
        }
      return { type: 'external_select', ...shared, ...(chosen.length > 0 && { initial_option: chosen[0] }) }
    }
  }
}

function slackOptions(options: Option[]): object[] {
  return options.map(option => {
    const [drawn] = slackOption(option)
    if (!drawn)
      throw new Error(`slack: the choice ${option.name} has more than ${LIMITS.optionText} characters`)
    return drawn
  })
}

/** The part of a view's state that is read here. */
export type ViewState = { values: Record<string, Record<string, InputState>> }

type InputState = {
  selected_option?: { value: string } | null
  selected_options?: { value: string }[] | null
  selected_time?: string | null
  selected_date?: string | null
  value?: string | null
}

/** Reads what was filled in, by the names of the fields. */
export function parseFormValues({ values }: ViewState): FormValues {
  const fields = Object.values(values).flatMap(block => Object.entries(block))
  return Object.fromEntries(
    fields
      .filter(([id]) => id.startsWith(FIELD_PREFIX))
      .map(([id, { selected_option, selected_options, selected_time, selected_date, value }]) => [
        id.slice(FIELD_PREFIX.length),
        selected_options?.map(option => option.value) ??
          [selected_option?.value ?? selected_time ?? selected_date ?? value].filter(each => each != null),
      ]),
  )
}

/** The name of the form that a state belongs to: each of its blocks has it. */
export const formNameIn = ({ values }: ViewState): string => Object.keys(values)[0]?.split(/@(.*)/s)[1] ?? ''

/** Assigns problems to the blocks of the form. A problem of no field is shown at the first block. */
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
