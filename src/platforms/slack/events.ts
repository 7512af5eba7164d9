import { setTimeout as sleep } from 'node:timers/promises'
import type { App, RespondFn } from '@slack/bolt'
import type { Handlers, Log } from '../../chat/platform.ts'
import { pictureOf, type Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { withoutPicture, withTimeout } from '../../pictures/picture-file.ts'
import { createDeduplicator, createResponder, type IncomingCall } from '../responder.ts'
import { checkQuote, handleButtonInView } from './check-quote.ts'
import { createDigestSettingsModal } from './digest-settings-modal.ts'
import { FIELD_PREFIX, SETTINGS_CALLBACK_ID } from './form-view.ts'
import { createHome, type HomeOpenedPayload } from './home.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
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
import type { SendWithPicture } from './pictures.ts'
import { MESSAGE_OPTIONS, render, type SlackMessage, withFile } from './render.ts'
import { openReportForm, REPORT_CALLBACK_ID, sendReport } from './report.ts'
import { CHECK_SHORTCUT, REPORT_SHORTCUT } from './shortcuts.ts'
import type { createUserLookup } from './users.ts'

/**
 * What hearing needs. `during` runs work that a stop waits for; `address` is that of the workspace; `ackMs` is for how long
 * a command may go without an answer.
 */
export type EventContext = {
  handlers: Handlers
  trackWork(work: () => Promise<void>): Promise<void>
  sendWithPicture: SendWithPicture
  web: CallWebApi
  about: ReturnType<typeof createUserLookup>
  workspaceUrl(): string | undefined
  ackMs?: number
  log: Log
}

/** So long whoever asks waits for a picture, with nothing to see. */
const PICTURE_TIMEOUT_MS = 4_000
/** Slack gives a command up after 3 s: what is not there by now comes as a response of its own. */
const ACK_DEADLINE_MS = 2_600
/** Then a response that failed is tried once more. */
const RETRY_PAUSE_MS = 500

/** Answers what Slack hands on: commands, mentions, direct messages, buttons, forms, shortcuts and the Home tab. */
export function registerEvents(app: App, hearing: EventContext) {
  const {
    handlers,
    trackWork,
    sendWithPicture,
    web,
    about,
    workspaceUrl,
    ackMs = ACK_DEADLINE_MS,
    log,
  } = hearing
  const first = createDeduplicator()
  const draw = (reply: Reply) => ({ reply, message: render(reply) })
  const { respond: answered, respondInChannel } = createResponder(
    { name: 'slack', title: 'Slack', patient: true, render: draw },
    log,
  )
  /** For answers that become a modal: as they are, once it is known that Slack takes them. */
  const inView = createResponder({ name: 'slack', title: 'Slack', render: assertRenders }, log)
  const form =
    handlers.settings &&
    createDigestSettingsModal({
      ...{ settings: handlers.settings, responder: inView },
      ...{ handlers, web, log },
    })
  const opened = createHome({ handlers, web, about, workspaceUrl, log })

  /**
   * A private answer with a picture: one response, once it is known with what. The first answer to a command cannot be
   * replaced later, and replacing would change the message under whose button somebody pressed (bolt-python #1268).
   */
  const shownAlone = async ({ call, under }: IncomingCall, reply: Reply, respond: RespondFn) => {
    const { team } = splitPlace(call.place)
    const shown = sendWithPicture(
      reply,
      { team, withinMs: PICTURE_TIMEOUT_MS, callerOnly: true },
      async (one, file) => {
        const message = render(one)
        await respondEphemerally(respond, file === undefined ? message : withFile(message, file), under)
      },
    )
    await shown.catch(async (cause: unknown) => {
      // Without its picture it would have stood there already. It may come twice, but only to whoever asked.
      log.warn({ err: cause }, 'slack: a response with a picture failed; its words are sent')
      await sleep(RETRY_PAUSE_MS)
      await respondEphemerally(
        respond,
        render(withoutPicture(reply, phrases.everyPlatform.pictureFailed)),
        under,
      )
    })
  }

  app.command(/.*/, ({ body, ack, respond }) =>
    trackWork(async () => {
      const asked = slashCall(body as SlashPayload, Date.now())
      const said = (message: object) => ack({ response_type: 'ephemeral', ...MESSAGE_OPTIONS, ...message })
      const asks = handlers.settings?.matchCall(asked.call)
      if (!form || !asks) {
        const answering = answered(handlers, asked)
        // Only a picture that is being posted takes so long.
        const late = await withTimeout(answering, ackMs).then(
          () => false,
          () => true,
        )
        if (late) await ack()
        const { reply, message } = await answering
        if (!late && !pictureOf(reply)) return said(message)
        if (!late) await ack()
        if (pictureOf(reply)) return shownAlone(asked, reply, respond)
        return void (await respondEphemerally(respond, message))
      }
      await form.open(asked, asks.name, problem => (problem ? said(render(problem)) : ack()))
    }),
  )
  app.event(/^(app_mention|message)$/, ({ body, context }) =>
    trackWork(async () => {
      const asked = eventCall(body as unknown as EventPayload, context.botUserId, Date.now())
      if (asked && first(asked.key)) await respondInChannel(handlers, asked)
    }),
  )
  app.action(/^run:/, ({ body, ack, respond }) =>
    trackWork(async () => {
      await ack()
      const press = body as unknown as ActionPayload
      const { view } = press
      if (view) return handleButtonInView({ ...press, view }, { handlers, responder: inView, web })
      const asked = actionCall(press, Date.now())
      const { reply, message } = await answered(handlers, asked)
      if (pictureOf(reply)) return shownAlone(asked, reply, respond)
      await respondEphemerally(respond, message, asked.under)
    }),
  )
  app.shortcut(
    { type: 'message_action', callback_id: CHECK_SHORTCUT.callback_id },
    ({ body, ack, respond }) =>
      trackWork(async () => {
        await ack()
        await checkQuote(
          body as unknown as ShortcutPayload,
          { handlers, responder: inView, web, log },
          reply => respondEphemerally(respond, render(reply)),
        )
      }),
  )
  app.shortcut(
    { type: 'message_action', callback_id: REPORT_SHORTCUT.callback_id },
    ({ body, ack, context, respond }) =>
      trackWork(async () => {
        await ack()
        await openReportForm(body as unknown as ShortcutPayload, context.botId, { web, log }, reply =>
          respondEphemerally(respond, render(reply)),
        )
      }),
  )
  app.view({ callback_id: REPORT_CALLBACK_ID, type: 'view_submission' }, ({ body, ack }) =>
    trackWork(async () => {
      const done = await sendReport(body as unknown as FormPayload, { handlers, responder: inView, web, log })
      await ack(done as never)
    }),
  )
  app.event('app_home_opened', ({ body }) => trackWork(() => opened(body as unknown as HomeOpenedPayload)))
  if (form) {
    app.view({ callback_id: SETTINGS_CALLBACK_ID, type: 'view_submission' }, ({ body, ack }) =>
      trackWork(async () => {
        await ack((await form.submit(body as unknown as FormPayload)) as never)
      }),
    )
    app.action(new RegExp(`^${FIELD_PREFIX}`), ({ body, ack }) =>
      trackWork(async () => {
        await ack()
        await form.switchDigest(body as unknown as FormPayload)
      }),
    )
    app.options(new RegExp(`^${FIELD_PREFIX}`), ({ payload, ack }) =>
      trackWork(async () => {
        const options = form.suggestOptions(payload.action_id, payload.value)
        await ack({ options } as Parameters<typeof ack>[0])
      }),
    )
  }
  app.error(async error => log.error({ err: error }, 'slack: an event was not handled'))
}

/** Shows a message to whoever asked, beside what stands there. */
const respondEphemerally = (respond: RespondFn, message: SlackMessage, under?: string): Promise<unknown> =>
  respond({
    response_type: 'ephemeral',
    replace_original: false,
    ...MESSAGE_OPTIONS,
    ...(under !== undefined && { thread_ts: under }),
    ...message,
  } as Parameters<RespondFn>[0])

function assertRenders(reply: Reply): Reply {
  render(reply)
  return reply
}
