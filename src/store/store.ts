import { approvals } from './approvals/approvals.ts'
import { buttonLines } from './button-lines.ts'
import { causes } from './causes.ts'
import { claims } from './claims.ts'
import { oldDeliveries } from './cleaning/old-deliveries.ts'
import { secondMessages } from './correcting/second-messages.ts'
import { documents } from './documents/documents.ts'
import { drafts } from './drafts/drafts.ts'
import { draftPieces } from './drafts/pieces.ts'
import { editorLog } from './editor-log.ts'
import type { Engine } from './engine.ts'
import { faults } from './faults.ts'
import { feedEntries } from './feeds-out/entries.ts'
import { ledger } from './ledger.ts'
import { ledgerLookup } from './ledger-lookup.ts'
import { ledgerRetry } from './ledger-retry.ts'
import { waitingReasons } from './looks/waiting-reasons.ts'
import { partWords } from './part-words.ts'
import { lastLooks } from './people/last-looks.ts'
import { repairs } from './repairs.ts'
import { reports } from './reports.ts'
import { revisions } from './revisions/revisions.ts'
import { migrate } from './schema.ts'
import { shares } from './shares.ts'
import { subscriptions } from './subscriptions.ts'
import { takeBacks } from './take-backs.ts'
import { withSteadyClock } from './time/steady-clock.ts'
import { cards } from './wire/cards.ts'
import { cardsTold } from './wire/cards-told.ts'
import { wire } from './wire/wire.ts'

/** Everything that must outlive the process, grouped by noun. It returns codes and rows, never sentences. */
export type Store = Awaited<ReturnType<typeof openStore>>

/** Opens the store on an engine and migrates its tables to the newest version. */
export async function openStore(bareEngine: Engine) {
  await migrate(bareEngine)
  const engine = await withSteadyClock(bareEngine)
  return {
    engineName: engine.name,
    clock: () => engine.clock(engine.query),
    check: engine.check,
    notify: engine.notify,
    listen: engine.listen,
    cutIfSilent: engine.cutIfSilent,
    close: engine.close,

    ledger: { ...claims(engine), ...ledger(engine), ...ledgerLookup(engine), ...ledgerRetry(engine) },
    subscriptions: subscriptions(engine),
    corrections: {
      ...causes(engine),
      ...repairs(engine),
      ...takeBacks(engine),
      ...waitingReasons(engine),
      ...secondMessages(engine),
    },
    revisions: revisions(engine),
    partWords: partWords(engine),
    editorLog: editorLog(engine),
    faults: faults(engine),
    reports: reports(engine),
    shares: shares(engine),
    buttonLines: buttonLines(engine),
    cleaning: oldDeliveries(engine),
    looks: lastLooks(engine),
    wire: wire(engine),
    approvals: approvals(engine),
    cards: { ...cards(engine), ...cardsTold(engine) },
    feedEntries: feedEntries(engine),
    documents: documents(engine),
    drafts: { ...drafts(engine), pieces: draftPieces(engine) },
  }
}
