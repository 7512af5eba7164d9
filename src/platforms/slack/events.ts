import { setTimeout as sleep } from 'node:timers/promises'
import type { App, RespondFn } from '@slack/bolt'
import type { Handlers, Log } from '../../chat/platform.ts'
import { pictureOf, type Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { inTime, withoutPicture } from '../../pictures/picture-file.ts'
import { type Asked, asking, onlyOnce } from '../answering.ts'
import { checkQuote, pressedInView } from './check-quote.ts'
import { settingsModal } from './digest-settings.ts'
import { FIELD, FORM } from './form-view.ts'
import { home, type OpenedPayload } from './home.ts'
import { splitPlace, type Web } from './messages.ts'
import {
  type ActionPayload,
  actionCall,
  type EventPayload,
  eventCall,
  type FormPayload,
  type ShortcutPayload,
  type SlashPayload,
  slashCall,
} from './payload.ts'
import type { Show } from './pictures.ts'
import { QUIET, render, type SlackMessage, withFile } from './render.ts'
import { askWhatIsWrong, REPORT_FORM, reported } from './report.ts'
import { CHECK, REPORT } from './shortcuts.ts'
import type { people } from './users.ts'

/**
 * What hearing needs. `during` runs work that a stop waits for; `address` is that of the workspace; `ackMs` is for how long
 * a command may go without an answer.
 */
export type Hearing = {
  handlers: Handlers
  during(work: () => Promise<void>): Promise<void>
  show: Show
  web: Web
  about: ReturnType<typeof people>
  address(): string | undefined
  ackMs?: number
  log: Log
}

/** So long whoever asks waits for a picture, with nothing to see. */
const PICTURE_MS = 4_000
/** Slack gives a command up after 3 s: what is not there by now comes as a response of its own. */
const ACK_MS = 2_600
/** Then a response that failed is tried once more. */
const AGAIN_MS = 500

/** Answers what Slack hands on: commands, mentions, direct messages, buttons, forms, shortcuts and the Home tab. */
export function listen(app: App, hearing: Hearing) {
  const { handlers, during, show, web, about, address, ackMs = ACK_MS, log } = hearing
  const first = onlyOnce()
  const draw = (reply: Reply) => ({ reply, message: render(reply) })
  const { answered, answeredOpenly } = asking(
    { name: 'slack', title: 'Slack', patient: true, render: draw },
    log,
  )
  /** For answers that become a modal: as they are, once it is known that Slack takes them. */
  const inView = asking({ name: 'slack', title: 'Slack', render: drawable }, log)
  const form =
    handlers.settings &&
    settingsModal({ ...{ settings: handlers.settings, asking: inView }, ...{ handlers, web, log } })
  const opened = home({ handlers, web, about, address, log })

  /**
   * A private answer with a picture: one response, once it is known with what. The first answer to a command cannot be
   * replaced later, and replacing would change the message under whose button somebody pressed (bolt-python #1268).
   */
  const shownAlone = async ({ call, under }: Asked, reply: Reply, respond: RespondFn) => {
    const { team } = splitPlace(call.place)
    const shown = show(reply, { team, withinMs: PICTURE_MS, alone: true }, async (one, file) => {
      const message = render(one)
      await respondAlone(respond, file === undefined ? message : withFile(message, file), under)
    })
    await shown.catch(async (cause: unknown) => {
      // Without its picture it would have stood there already. It may come twice, but only to whoever asked.
      log.warn({ err: cause }, 'slack: a response with a picture failed; its words are sent')
      await sleep(AGAIN_MS)
      await respondAlone(respond, render(withoutPicture(reply, phrases.asked.noPicture)), under)
    })
  }

  app.command(/.*/, ({ body, ack, respond }) =>
    during(async () => {
      const asked = slashCall(body as SlashPayload, Date.now())
      const said = (message: object) => ack({ response_type: 'ephemeral', ...QUIET, ...message })
      const asks = handlers.settings?.asks(asked.call)
      if (!form || !asks) {
        const answering = answered(handlers, asked)
        // Only a picture that is being posted takes so long.
        const late = await inTime(answering, ackMs).then(
          () => false,
          () => true,
        )
        if (late) await ack()
        const { reply, message } = await answering
        if (!late && !pictureOf(reply)) return said(message)
        if (!late) await ack()
        if (pictureOf(reply)) return shownAlone(asked, reply, respond)
        return void (await respondAlone(respond, message))
      }
      await form.open(asked, asks.name, problem => (problem ? said(render(problem)) : ack()))
    }),
  )
  app.event(/^(app_mention|message)$/, ({ body, context }) =>
    during(async () => {
      const asked = eventCall(body as unknown as EventPayload, context.botUserId, Date.now())
      if (asked && first(asked.key)) await answeredOpenly(handlers, asked)
    }),
  )
  app.action(/^run:/, ({ body, ack, respond }) =>
    during(async () => {
      await ack()
      const press = body as unknown as ActionPayload
      const { view } = press
      if (view) return pressedInView({ ...press, view }, { handlers, asking: inView, web })
      const asked = actionCall(press, Date.now())
      const { reply, message } = await answered(handlers, asked)
      if (pictureOf(reply)) return shownAlone(asked, reply, respond)
      await respondAlone(respond, message, asked.under)
    }),
  )
  app.shortcut({ type: 'message_action', callback_id: CHECK.callback_id }, ({ body, ack, respond }) =>
    during(async () => {
      await ack()
      await checkQuote(body as unknown as ShortcutPayload, { handlers, asking: inView, web, log }, reply =>
        respondAlone(respond, render(reply)),
      )
    }),
  )
  app.shortcut(
    { type: 'message_action', callback_id: REPORT.callback_id },
    ({ body, ack, context, respond }) =>
      during(async () => {
        await ack()
        await askWhatIsWrong(body as unknown as ShortcutPayload, context.botId, { web, log }, reply =>
          respondAlone(respond, render(reply)),
        )
      }),
  )
  app.view({ callback_id: REPORT_FORM, type: 'view_submission' }, ({ body, ack }) =>
    during(async () => {
      const done = await reported(body as unknown as FormPayload, { handlers, asking: inView, web, log })
      await ack(done as never)
    }),
  )
  app.event('app_home_opened', ({ body }) => during(() => opened(body as unknown as OpenedPayload)))
  if (form) {
    app.view({ callback_id: FORM, type: 'view_submission' }, ({ body, ack }) =>
      during(async () => {
        await ack((await form.submit(body as unknown as FormPayload)) as never)
      }),
    )
    app.action(new RegExp(`^${FIELD}`), ({ body, ack }) =>
      during(async () => {
        await ack()
        await form.choose(body as unknown as FormPayload)
      }),
    )
    app.options(new RegExp(`^${FIELD}`), ({ payload, ack }) =>
      during(async () => {
        const options = form.offer(payload.action_id, payload.value)
        await ack({ options } as Parameters<typeof ack>[0])
      }),
    )
  }
  app.error(async error => log.error({ err: error }, 'slack: an event was not handled'))
}

/** Shows a message to whoever asked, beside what stands there. */
const respondAlone = (respond: RespondFn, message: SlackMessage, under?: string): Promise<unknown> =>
  respond({
    response_type: 'ephemeral',
    replace_original: false,
    ...QUIET,
    ...(under !== undefined && { thread_ts: under }),
    ...message,
  } as Parameters<RespondFn>[0])

function drawable(reply: Reply): Reply {
  render(reply)
  return reply
}
