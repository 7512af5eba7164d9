import type { Form, FormValues } from '../../chat/form.ts'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Call, DigestSettings, Handlers } from '../../chat/platform.ts'
import { assertNever, type Inline, type Reply } from '../../chat/reply.ts'
import { formatLine } from '../../commands/line.ts'
import { phrases } from '../../phrases/phrases.ts'
import { findForm, titleOfForm } from '../form-sources.ts'
import { el, link, textLines, type View } from './view.ts'

/** A form, with the title above it and its introduction drawn for the page. */
type ShownForm = Omit<Form, 'intro'> & { heading: string; about: View[] }

const SETTINGS_TITLE = phrases.slack.digestSettings

/** The form that a call asks for, or a reply if the caller may only look; undefined for any other call. */
export async function loadForm(
  handlers: Pick<Handlers, 'settings' | 'forms'>,
  call: Call,
): Promise<{ form: ShownForm } | { reply: Reply } | undefined> {
  const found = findForm(handlers, call)
  if (!found) return undefined
  const form = await found.source.buildForm(call, found.name)
  if (!('fields' in form)) return { reply: form }
  const heading = titleOfForm(found.source, SETTINGS_TITLE)
  return { form: { ...form, heading, about: form.intro.flatMap(drawInline) } }
}

/** The line that asks for the form of another digest. */
export const settingsLine = ({ command }: DigestSettings, name: string): string =>
  `/${command} ${formatLine({ args: ['settings', name], flags: {} })}`

/** The values to offer in a field of the form for the typed text. */
export const suggestOptions = (
  { suggest, settings }: Handlers,
  argument: string,
  typed: string,
): ReturnType<Handlers['suggest']> =>
  settings ? suggest({ command: settings.command, subcommand: 'set', argument, typed, at: Date.now() }) : []

/** The values of a filled form from the page; undefined if the JSON is anything else. */
export function parseFormValues(json: unknown): FormValues | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const isFilled = Object.values(json).every(
    values => Array.isArray(values) && values.every(value => typeof value === 'string'),
  )
  return isFilled ? (json as FormValues) : undefined
}

function drawInline(inline: Inline): View[] {
  if (typeof inline === 'string') return textLines(inline)
  if ('bold' in inline) return [el('strong', '', textLines(inline.bold))]
  if ('italic' in inline) return [el('em', '', textLines(inline.italic))]
  if ('code' in inline) return [el('code', '', [inline.code])]
  if ('link' in inline) return [link(inline.link, [inline.text])]
  if ('time' in inline) return [plainInlines([inline])]
  return assertNever(inline)
}
