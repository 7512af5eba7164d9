/** Sentences about channels that are reached by a webhook, where nutgraf only posts. */
export const webhook = {
  services: { discord: 'Discord', slack: 'Slack', teams: 'Teams' },
  /** `variable` is the setting that should hold the address. */
  notSet: (variable: string) => `No address is known for it. Set ${variable}, and start nutgraf again.`,
  gone: (service: string, variable: string) =>
    `${service} no longer knows this webhook. Make a new one in the channel, put its address into ${variable}, and start nutgraf again.`,
  refusedAddress: (service: string, variable: string) =>
    `${service} does not accept the address. Copy it again into ${variable}, and start nutgraf again.`,
  archived: 'The channel is archived.',
  notAllowed: 'The workspace does not allow webhooks to post there. An administrator can change that.',
  needsThread: (variable: string) =>
    `It is a forum, which takes messages in threads alone. Put ?thread_id= and the ID of a thread at the end of the address in ${variable}.`,
  threadClosed: 'The thread is locked or archived. Somebody must open it again.',
  blocked: 'A filter of the channel blocked it.',
  rejected: (service: string) => `${service} did not accept the message. That is a fault of nutgraf.`,
  refused: (service: string, code: string) => `${service} refused it (${code}).`,
  /** Why nobody can say whether a post arrived. */
  cannotLook: 'A webhook cannot look into its channel.',
  /** What a place is called, and what happens there to a message that is wrong. */
  placeName: (name: string, service: string) => `webhook ${name} (${service})`,
  editsHere: 'What was posted is edited.',
  secondMessageHere:
    'What was posted can’t be edited there: a correction is a second message that names the first.',
}
