import { SourcesFile } from '../../content/read/schemas.ts'
import { parseYamlList } from '../../content/read/yaml.ts'
import type { DraftEntry, DraftFolder } from './draft.ts'

/** An entry to add to a list of a story. */
export type Addition = { file: DraftEntry['file'] | 'sources.yml'; entry: Record<string, unknown> }

/** What entries of a draft add to a story: first the sources that they cite, then people, events and quotations. */
export function additionsOf(
  { name, files }: DraftFolder,
  entries: readonly Pick<DraftEntry, 'file' | 'values'>[],
): Addition[] {
  const list = files.find(({ path }) => path === `drafts/${name}/sources.yml`)
  const sources = list
    ? parseYamlList({ file: list.origin, text: list.text, linesBefore: 0 }, SourcesFile.element).rows
    : []
  const order: DraftEntry['file'][] = ['people.yml', 'timeline.yml', 'quotes.yml']
  return [
    ...sources.map(
      ([, { skip, ...entry }]): Addition => ({
        file: 'sources.yml',
        entry: plain({ ...entry, skip: skip.length > 0 ? skip : undefined }),
      }),
    ),
    ...order.flatMap(file =>
      entries.filter(entry => entry.file === file).map(({ values }): Addition => ({ file, entry: values })),
    ),
  ]
}

const plain = (entry: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))
