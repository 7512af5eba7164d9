import type { Form, FormValues } from '../../chat/form.ts'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Call, DigestSettings, Handlers } from '../../chat/platform.ts'
import { assertNever, type Inline, type Reply } from '../../chat/reply.ts'
import { formatLine } from '../../commands/line.ts'
import { el, link, textLines, type View } from './view.ts'

/** A form as the page shows it. */
type ShownForm = Omit<Form, 'intro'> & { about: View[] }

/** The form that a call asks for, or a reply for whoever may only look; nothing where it asks for none. */
export async function loadForm(
  settings: DigestSettings | undefined,
  call: Call,
): Promise<{ form: ShownForm } | { reply: Reply } | undefined> {
  const asked = settings?.matchCall(call)
  if (!settings || !asked) return undefined
  const form = await settings.buildForm(call, asked.name)
  return 'fields' in form ? { form: { ...form, about: form.intro.flatMap(drawInline) } } : { reply: form }
}

/** The line that asks for the form of another digest. */
export const settingsLine = ({ command }: DigestSettings, name: string): string =>
  `/${command} ${formatLine({ args: ['settings', name], flags: {} })}`

/** What may be chosen in a field of the form, for what is typed there. */
export const suggestOptions = (
  { suggest, settings }: Handlers,
  argument: string,
  typed: string,
): ReturnType<Handlers['suggest']> =>
  settings ? suggest({ command: settings.command, subcommand: 'set', argument, typed, at: Date.now() }) : []

/** What was filled in, as it came from the page; nothing where that is no filled form. */
export function parseFormValues(given: unknown): FormValues | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  const right = Object.values(given).every(
    values => Array.isArray(values) && values.every(value => typeof value === 'string'),
  )
  return right ? (given as FormValues) : undefined
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
