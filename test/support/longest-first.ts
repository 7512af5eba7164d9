import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take the longest, on a machine that has never run them: begun last, one of them would run alone. */
const LONGEST = ['delivery/kill', 'delivery/correction-run', 'preview/page', 'store/postgres', 'bot/start']

/** Begins with the files that take the longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
      return found < 0 ? LONGEST.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
