import type { DigestsJob, DigestsResult } from './digests-job.ts'
import type { Scan, ScanJob } from './scan-job.ts'
import type { StoryJob, StoryResult } from './story-job.ts'

/** Does the work on content that takes long: looks at folders, reads, checks and draws. */
export type ContentWork = {
  scan(job: ScanJob): Promise<Scan>
  digests(job: DigestsJob): Promise<DigestsResult>
  /** Gives each result as soon as there is one; resolves when there are all. */
  stories(job: StoryJob, emit: (result: StoryResult) => void): Promise<void>
  stop(): Promise<void>
}

/** Whether a job comes from a running bot, which answers people meanwhile: a start has nobody waiting but for itself. */
export const isBesideAnswers = (job: ScanJob | DigestsJob | StoryJob): boolean =>
  job.kind === 'scan' || (job.kind === 'stories' && job.waitForSaves === true)

/**
 * Does the work in this thread, and holds it meanwhile: for tests, and for a command that has nothing else to do. What
 * reads YAML and Markdown is loaded when it is needed.
 */
export const workHere = (): ContentWork => ({
  scan: async job => (await import('./scan-job.ts')).runScanJob(job),
  digests: async job => (await import('./digests-job.ts')).runDigestsJob(job),
  stories: async (job, emit) => (await import('./story-job.ts')).runStoryJob(job, emit),
  stop: async () => {},
})
