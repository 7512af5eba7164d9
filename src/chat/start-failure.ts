/**
 * Why a platform could not be connected at the start, in a sentence without secrets. `needsPerson` says that waiting
 * does not help: a token or a setting is wrong. `retryInMs` is how long the platform asks us to wait.
 */
export class StartFailure extends Error {
  override name = 'StartFailure'
  readonly needsPerson: boolean
  readonly retryInMs?: number

  constructor(
    sentence: string,
    { needsPerson, retryInMs, cause }: { needsPerson: boolean; retryInMs?: number; cause: unknown },
  ) {
    super(sentence, { cause })
    this.needsPerson = needsPerson
    this.retryInMs = retryInMs
  }
}
