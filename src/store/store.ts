import { buttonLines } from './button-lines.ts'
import { causes } from './causes.ts'
import { claims } from './claims.ts'
import { editorLog } from './editor-log.ts'
import type { Engine } from './engine.ts'
import { faults } from './faults.ts'
import { ledger } from './ledger.ts'
import { ledgerLookup } from './ledger-lookup.ts'
import { ledgerRetry } from './ledger-retry.ts'
import { partWords } from './part-words.ts'
import { repairs } from './repairs.ts'
import { reports } from './reports.ts'
import { revisions } from './revisions.ts'
import { migrate } from './schema.ts'
import { shares } from './shares.ts'
import { subscriptions } from './subscriptions.ts'
import { takeBacks } from './take-backs.ts'

/** Everything that must outlive the process, grouped by noun. It returns codes and rows, never sentences. */
export type Store = Awaited<ReturnType<typeof openStore>>

/** Opens the store on an engine and migrates its tables to the newest version. */
export async function openStore(engine: Engine) {
  await migrate(engine)
  return {
    engineName: engine.name,
    clock: () => engine.clock(engine.query),
    notify: engine.notify,
    listen: engine.listen,
    close: engine.close,

    ledger: { ...claims(engine), ...ledger(engine), ...ledgerLookup(engine), ...ledgerRetry(engine) },
    subscriptions: subscriptions(engine),
    corrections: { ...causes(engine), ...repairs(engine), ...takeBacks(engine) },
    revisions: revisions(engine),
    partWords: partWords(engine),
    editorLog: editorLog(engine),
    faults: faults(engine),
    reports: reports(engine),
    shares: shares(engine),
    buttonLines: buttonLines(engine),
  }
}
