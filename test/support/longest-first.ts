import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The test files that take the longest: if one of them were begun last, it would run alone. Vitest itself knows how long
 * files take only after the first run on a machine.
 */
const LONGEST = [
  'delivery/correction-run',
  'delivery/content-swaps',
  'delivery/kill',
  'preview/page',
  'store/postgres',
  'bot/start',
  'bot/start-outage',
  'delivery/take-back-run',
  'items/cms',
  'limits/long-text',
  'delivery/news-run',
  'slack/socket',
  'check/saving',
  'digest/import',
  'slack/pictures',
  'content/event-names.property',
  'slack/crowd',
  'discord/crowd',
  'bot/lost-disk',
]

/** Orders test files so that those that take the longest begin first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
      return index < 0 ? LONGEST.length : index
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
