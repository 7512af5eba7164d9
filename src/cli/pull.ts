import { reserveIn } from '../check/documents/reserve.ts'
import { keepDocuments } from '../check/kept-here.ts'
import type { Config } from '../config.ts'
import { type Document, withdrawalDocument } from '../content/read/documents/document.ts'
import { landedIn, type Pulled, pullInto } from '../content/read/documents/pull.ts'
import { writeYaml } from '../content/read/yaml.ts'
import type { StoredDocument } from '../store/documents/documents.ts'
import { withStoreOnly } from './open.ts'
import { withCount } from './with-count.ts'

/** What waits to be in the files: a document of the store, or that a story was taken down. */
type Waiting = Document & Partial<Pick<StoredDocument, 'number' | 'who'>>

/**
 * The verb `content pull`: writes what the desk has added to stories into their files, and lets go of what the files have.
 * With `dryRun`, it only shows it.
 */
export async function pull(config: Config, { dryRun }: { dryRun: boolean }): Promise<number> {
  return withStoreOnly(
    config,
    async store => {
      const documents: Waiting[] = [
        ...(await store.documents.all()),
        // A story that was taken down stays so without its file: the record is for whoever reads that.
        ...(await store.corrections.withdrawals()).map(withdrawalDocument),
      ]
      const results = await pullInto(config.contentDir, documents, {
        dryRun,
        ...reserveIn(store.documents, Date.now),
      })
      for (const result of results)
        for (const line of linesOf(result, dryRun)) process.stdout.write(`${line}\n`)
      const failed = results.filter(result => FAILURES[result.outcome] !== undefined)
      const written = results
        .filter(({ outcome }) => outcome === 'written')
        .flatMap(result => result.documents)
      if (dryRun) {
        process.stdout.write(
          written.length === 0
            ? 'Nothing waits to be written into the files.\n'
            : `${withCount(written.length, 'addition')} would be written. Nothing was changed.\n`,
        )
        return failed.length > 0 ? 1 : 0
      }
      const landed = await landedIn(config.contentDir, documents)
      // With one store for several processes, each has files of its own: those that answer let go once they have them.
      const isOnlyFolder = config.databaseUrl === undefined
      if (isOnlyFolder) {
        await store.documents.letGo(landed.flatMap(({ number }) => number ?? []))
        keepDocuments(config.dataDir, await store.documents.all())
      }
      await store.notify()
      process.stdout.write(
        written.length === 0
          ? `${failed.length > 0 ? 'Nothing was written.' : 'Nothing waits to be written into the files.'}\n`
          : `${withCount(written.length, 'addition')} written. Now run npm run check, and commit the files.${
              isOnlyFolder
                ? ''
                : ' They stay in use from the store until the files that the bot reads have them.'
            }\n`,
      )
      return failed.length > 0 ? 1 : 0
    },
    { onAway: sentence => process.stderr.write(`${sentence}\n`) },
  )
}

/** Why documents of a file could not be written, and what to do. */
const FAILURES: Partial<Record<Pulled['outcome'], string>> = {
  readonly: 'cannot be written here: give the user that runs this the right to',
  differs: 'another file of that name is there: rename that one, or take the addition back',
  unfit:
    'cannot be added to: the story must be in this folder, and the list be written with one “- ” an entry',
  busy: 'somebody else changes it just now: try again',
}

function linesOf({ path, documents, outcome }: Pulled<Waiting>, dryRun: boolean): string[] {
  const failure = FAILURES[outcome]
  if (failure !== undefined) return [`${path}: ${failure}`]
  if (outcome === 'there') return []
  const what = withCount(documents.length, documents[0]?.entry ? 'entry' : 'file', 'entries')
  if (!dryRun) return [`${path}: ${what}`]
  return [
    `${path}:`,
    ...documents.flatMap(({ entry, text, who }) => [
      ...(who === undefined ? [] : [`  # by ${who}`]),
      ...(entry
        ? writeYaml('withdrawn' in entry ? entry : [entry])
        : `(the whole file, ${text?.length} characters)\n`
      )
        .trimEnd()
        .split('\n')
        .map(line => `  ${line}`),
    ]),
  ]
}
