import type { DeskContext } from '../../../src/commands/context.ts'

/** The part of a desk that looks at content, for bots whose stories are in no folder: nothing is used, and all fits. */
export const deskWithoutContent = (store: DeskContext['store']) => ({
  problemsWith: async (): Promise<string[]> => [],
  problemsWithout: async (): Promise<string[]> => [],
  refreshDocuments: () => store.documents.version(),
  used: () => ({ source: 0, ids: new Set<string>() }),
  warm: () => {},
  applyChanges: () => {},
})
