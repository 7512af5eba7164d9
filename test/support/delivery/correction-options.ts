/** How many messages are corrected, and what makes it difficult. */
export type CorrectionRunOptions = {
  platform: 'slack' | 'discord'
  messages: number
  /** With it, several workers share a PostgreSQL, each with a content folder of its own. */
  databaseUrl?: string
  workers?: number
  /** How much later all workers but the first get new content. */
  contentDelayMs?: number
  /** How many processes are killed during the correction, and during the withdrawal. */
  kills?: { corrected: number; withdrawn: number }
  workspaces?: number
  /** How long a request may take; a row that a killed process held is free again after two and a half times this. */
  postMs?: number
  /** The correction is announced at once in the thread of each wrong message. */
  notice?: boolean
  /** No request is cut off, limited or answered with an error. */
  withoutFaults?: boolean
  /** Retries wait as long as they really would, and the platform's limits are kept. */
  realPace?: boolean
}
