import type { ButtonLines, Handlers, Log } from '../../chat/platform.ts'
import { pictureOf, type Reply } from '../../chat/reply.ts'
import { withTimeout } from '../../chat/with-timeout.ts'
import { findForm } from '../form-sources.ts'
import { createResponder, outcomeOf, type Responder } from '../responder.ts'
import { createMentionAnswer } from './answer-mention.ts'
import type { App } from './bolt.ts'
import { checkQuote, handleButtonInView } from './check-quote.ts'
import { withoutPrefix, withPrefix } from './command-prefix.ts'
import { CONTROL, createLineSaver } from './controls/draw.ts'
import { findLine, isTurnInPlace } from './controls/press.ts'
import { createFormModal, type FormModal, registerForms } from './form-modal.ts'
import { createHome, type HomeOpenedPayload } from './home.ts'
import type { CallWebApi } from './messages.ts'
import {
  type ActionPayload,
  actionCall,
  type EventPayload,
  type FormPayload,
  type ShortcutPayload,
  type SlashPayload,
  setInstalledTeam,
  slashCall,
  type TeamFields,
} from './payload.ts'
import type { UserLookup } from './people/users.ts'
import { createPrivatePicture } from './pictures/private.ts'
import type { Pictures } from './pictures/send.ts'
import { MESSAGE_OPTIONS, render, type SlackMessage } from './render.ts'
import { openReportForm, REPORT_CALLBACK_ID, sendReport } from './report.ts'
import { respondEphemerally, withLater } from './respond.ts'
import { CHECK_SHORTCUT, REPORT_SHORTCUT } from './shortcuts.ts'

/**
 * What the handlers of events need. `trackWork` runs work that a stop waits for; `workspaceUrl` is the address of the
 * workspace, `ownTeam` the workspace itself; without `buttonLines` an option of a menu with a long line says so;
 * `commandPrefix` begins the names of our commands; `ackMs` is how long a command may go without an answer. `mayAck` is
 * false once no acknowledgement reaches Slack any more.
 */
export type EventContext = {
  handlers: Handlers
  trackWork(work: () => Promise<void>): Promise<void>
  pictures: Pictures
  web: CallWebApi
  lookUpCaller: UserLookup
  workspaceUrl(): string | undefined
  ownTeam(): string | undefined
  buttonLines?: ButtonLines
  commandPrefix?: string
  ackMs?: number
  mayAck(): boolean
  log: Log
}

/** What is made of the context once: how to answer, how to answer in a modal, and the forms. */
type Answering = EventContext & {
  /** Draws answers as messages. */
  responder: Responder<{ reply: Reply; message: SlackMessage }>
  /** Returns answers for a modal as they are, once it is sure that Slack accepts them. */
  viewResponder: Responder<Reply>
  answerWithPicture: ReturnType<typeof createPrivatePicture>
  formModal: FormModal
}

/** Slack gives up on a command after 3 s. An answer that is not ready by now becomes a response of its own. */
const ACK_DEADLINE_MS = 2_600

/** Answers what Slack sends: commands, mentions, direct messages, buttons, forms, shortcuts and the Home tab. */
export function registerEvents(app: App, context: EventContext) {
  const { handlers, trackWork, web, lookUpCaller, workspaceUrl, log } = context
  const saveLines = createLineSaver(context.buttonLines, log)
  /** What is drawn is about to be sent. Meanwhile the lines that are too long for its menus are saved. */
  const prefixed = (reply: Reply) => {
    if (reply.menus) void trackWork(() => saveLines(reply))
    return withPrefix(reply, context.commandPrefix)
  }
  const draw = (reply: Reply) => ({ reply, message: render(prefixed(reply)) })
  const names = { name: 'slack', title: 'Slack' }
  const viewResponder = createResponder({ ...names, render: reply => assertRenders(prefixed(reply)) }, log)
  const answering: Answering = {
    ...context,
    responder: createResponder({ ...names, waitsForPictures: true, render: draw }, log),
    viewResponder,
    answerWithPicture: createPrivatePicture(context),
    formModal: createFormModal({ handlers, responder: viewResponder, web, log }),
  }
  app.use(async ({ body, next }) => {
    setInstalledTeam(body as TeamFields, context.ownTeam())
    await next()
  })
  registerCommands(app, answering)
  registerMessages(app, answering)
  registerButtons(app, answering)
  registerShortcuts(app, answering)
  registerForms(app, answering)
  const openHome = createHome({ handlers, web, lookUpCaller, workspaceUrl, log })
  app.event('app_home_opened', ({ body }) => trackWork(() => openHome(body as unknown as HomeOpenedPayload)))
  app.error(async error => log.error({ err: error }, 'slack: an event was not handled'))
}

/** Slash commands: answered with the acknowledgement itself, where the answer is ready in time. */
function registerCommands(app: App, answering: Answering) {
  const { handlers, trackWork, responder, answerWithPicture, formModal } = answering
  const { ackMs = ACK_DEADLINE_MS, commandPrefix, mayAck } = answering
  const prefixed = (reply: Reply) => withPrefix(reply, commandPrefix)
  app.command(/.*/, ({ body, ack, respond }) =>
    trackWork(async () => {
      const incoming = withoutPrefix(slashCall(body as SlashPayload, Date.now()), commandPrefix)
      const ackWith = (message: object) => ack({ response_type: 'ephemeral', ...MESSAGE_OPTIONS, ...message })
      const form = findForm(handlers, incoming.call)
      if (form)
        return formModal.open(
          incoming,
          { trigger_id: (body as SlashPayload).trigger_id, source: form.source, name: form.name },
          problem => (problem ? ackWith(render(problem)) : ack()),
        )
      const answer = responder.respond(handlers, withLater(incoming, respond, laterWork(answering)))
      const deadline = performance.now() + ackMs
      const late = answer instanceof Promise && (await isLate(answer, ackMs))
      if (late) await ack()
      const { reply, message } = await answer
      let acked = late
      const show = (shown: SlackMessage) => {
        // What arrives while we stop is answered by a response of its own, too.
        if (acked || !mayAck()) return respondEphemerally(respond, shown)
        acked = true
        return ackWith(shown)
      }
      if (!pictureOf(reply)) return void (await show(message))
      const withinMs = deadline - performance.now()
      await answerWithPicture(incoming, reply, { show: shown => show(render(prefixed(shown))), withinMs })
    }),
  )
}

/** Waits for an answer: only a picture that is being posted takes too long. */
const isLate = (answer: Promise<unknown>, ackMs: number): Promise<boolean> =>
  withTimeout(answer, ackMs).then(
    () => false,
    () => true,
  )

/** What a later answer needs. */
const laterWork = ({ trackWork, commandPrefix, log }: Answering) => ({
  ...{ trackWork, log },
  draw: (reply: Reply) => render(withPrefix(reply, commandPrefix)),
})

/** Mentions and direct messages. */
function registerMessages(app: App, answering: Answering) {
  const answerMention = createMentionAnswer(answering)
  app.event(/^(app_mention|message)$/, ({ body, context }) =>
    answering.trackWork(() => answerMention(body as unknown as EventPayload, context.botUserId)),
  )
}

/** Buttons and menus, in messages and in modals. */
function registerButtons(app: App, answering: Answering) {
  const { handlers, trackWork, web, responder, viewResponder, answerWithPicture } = answering
  const { formModal, buttonLines, log } = answering
  const prefixed = (reply: Reply) => withPrefix(reply, answering.commandPrefix)
  app.action(CONTROL, ({ body, ack, respond }) =>
    trackWork(async () => {
      await ack()
      const press = body as unknown as ActionPayload
      const line = await findLine(press, buttonLines, log)
      const { view } = press
      if (view)
        return handleButtonInView({ ...press, view }, line, {
          ...{ handlers, responder: viewResponder, web },
          formViewFor: formModal.viewFor,
        })
      const incoming = actionCall(press, typeof line === 'string' ? line : '', Date.now())
      const { under } = incoming
      if (typeof line !== 'string') return void (await respondEphemerally(respond, render(line), { under }))
      const form = findForm(handlers, incoming.call)
      if (form)
        return formModal.open(
          incoming,
          { trigger_id: press.trigger_id, ...form, name: form.name },
          async problem => {
            if (problem) await respondEphemerally(respond, render(problem), { under })
          },
        )
      const { reply, message } = await responder.respond(
        handlers,
        withLater(incoming, respond, laterWork(answering)),
      )
      let inPlace = isTurnInPlace(press) && outcomeOf(reply) === 'answered'
      const show = async (shown: SlackMessage) => {
        const shownInPlace = inPlace
        // What comes after the answer itself, such as why there is no picture, is a message of its own.
        inPlace = false
        await respondEphemerally(respond, shown, { under, inPlace: shownInPlace })
      }
      if (!pictureOf(reply)) return show(message)
      await answerWithPicture(incoming, reply, { show: shown => show(render(prefixed(shown))) })
    }),
  )
}

/** The two shortcuts in the menu of a message: to check its words, and to report an error in it. */
function registerShortcuts(app: App, { handlers, trackWork, web, viewResponder, log }: Answering) {
  const context = { handlers, responder: viewResponder, web, log }
  app.shortcut(
    { type: 'message_action', callback_id: CHECK_SHORTCUT.callback_id },
    ({ body, ack, respond }) =>
      trackWork(async () => {
        await ack()
        await checkQuote(body as unknown as ShortcutPayload, context, reply =>
          respondEphemerally(respond, render(reply)),
        )
      }),
  )
  app.shortcut(
    { type: 'message_action', callback_id: REPORT_SHORTCUT.callback_id },
    ({ body, ack, context: { botId }, respond }) =>
      trackWork(async () => {
        await ack()
        await openReportForm(body as unknown as ShortcutPayload, botId, context, reply =>
          respondEphemerally(respond, render(reply)),
        )
      }),
  )
  app.view({ callback_id: REPORT_CALLBACK_ID, type: 'view_submission' }, ({ body, ack }) =>
    trackWork(async () => {
      await ack((await sendReport(body as unknown as FormPayload, context)) as never)
    }),
  )
}

function assertRenders(reply: Reply): Reply {
  render(reply)
  return reply
}
