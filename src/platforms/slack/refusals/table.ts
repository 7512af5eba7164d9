import { phrases } from '../../../phrases/phrases.ts'

const words = phrases.slack

/**
 * What a refusal of Slack’s means. With `retryInMs` it passes by itself; otherwise `post` says to people why and what to
 * do, and `edit` says it of a message that cannot be changed, which is worth another try unless it is `final`. `unsure`
 * means that Slack may have done a part of it; `deadPlace` that nothing can be posted in the place any more; `ofThread`
 * that only the thread is refused.
 */
export type Refusal = {
  retryInMs?: number
  unsure?: true
  post?: string
  edit?: string
  final?: true
  deadPlace?: true
  ofThread?: true
}

const notInvited: Refusal = { post: words.invite, edit: words.changeAfterInvitation, deadPlace: true }
const archived: Refusal = {
  post: words.cannotPostArchived,
  edit: words.changeAfterUnarchiving,
  deadPlace: true,
}
const forbidden: Refusal = { post: words.workspaceRuleForbids, edit: words.changeForbidden }
const uninstalled: Refusal = { post: words.notInstalled, edit: words.changeAfterInstallation }
const gone: Refusal = { ...uninstalled, deadPlace: true }
const noScope: Refusal = { post: words.scopeMissing, edit: words.changeAfterInstallation }
const noSuchPerson: Refusal = { post: words.cannotWriteThere, edit: words.cannotWriteThere }
const noThreads: Refusal = { post: words.noThreads, edit: words.changeForbidden, ofThread: true }
const notEditable: Refusal = {
  post: phrases.everyPlatform.messageNotEditable,
  edit: phrases.everyPlatform.messageNotEditable,
  final: true,
}
/** What we sent was wrong: a fault of ours, which a person must mend. */
const ourFault: Refusal = { post: words.rejected, edit: words.rejected }
const passes = (retryInMs: number): Refusal => ({ retryInMs })
const faultOfSlack: Refusal = { retryInMs: 10_000, unsure: true }

/**
 * Every refusal that Slack documents for the methods that we post, edit and look with, by its code
 * (docs.slack.dev/reference/methods/chat.postMessage, chat.update, conversations.history, conversations.open), and those
 * of every method. Of `fatal_error` the documentation says that parts may have been done.
 */
export const REFUSALS: Record<string, Refusal> = {
  // It passes.
  ratelimited: passes(30_000),
  rate_limited: passes(30_000),
  message_limit_exceeded: passes(60_000),
  request_timeout: passes(5_000),
  accesslimited: passes(60_000),
  team_added_to_org: passes(60_000),
  org_login_required: passes(300_000),
  external_channel_migrating: passes(300_000),
  streaming_state_conflict: passes(30_000),
  update_failed: faultOfSlack,
  service_unavailable: faultOfSlack,
  internal_error: faultOfSlack,
  fatal_error: faultOfSlack,

  // The place.
  channel_not_found: notInvited,
  not_in_channel: notInvited,
  is_archived: archived,
  is_inactive: archived,
  cannot_dm_bot: noSuchPerson,
  user_not_found: noSuchPerson,
  user_disabled: noSuchPerson,
  user_not_visible: noSuchPerson,
  invalid_user_combination: noSuchPerson,
  app_cannot_join_channel: noSuchPerson,
  method_not_supported_for_channel_type: noSuchPerson,
  messages_tab_disabled: { post: words.messagesTabOff, edit: words.messagesTabOff },

  // What the workspace allows.
  restricted_action: forbidden,
  restricted_action_read_only_channel: forbidden,
  ekm_access_denied: forbidden,
  access_denied: forbidden,
  no_permission: forbidden,
  app_access_restricted: forbidden,
  channel_is_limited_access: forbidden,
  slack_connect_canvas_sharing_blocked: forbidden,
  slack_connect_file_link_sharing_blocked: forbidden,
  slack_connect_lists_sharing_blocked: forbidden,
  edit_window_closed: { post: words.messageTooOld, edit: words.messageTooOld },

  // The thread, or the message that is replied to or edited.
  restricted_action_thread_only_channel: { post: words.onlyInThreads, edit: words.changeForbidden },
  restricted_action_non_threadable_channel: noThreads,
  cannot_reply_to_message: noThreads,
  restricted_action_thread_locked: {
    post: words.threadLocked,
    edit: words.changeAfterUnlocking,
    ofThread: true,
  },
  message_not_found: {
    post: phrases.everyPlatform.messageDeleted,
    edit: phrases.everyPlatform.messageDeleted,
    final: true,
  },
  thread_not_found: notEditable,
  cant_update_message: notEditable,
  block_mismatch: notEditable,

  // How we are installed.
  account_inactive: gone,
  no_installation: gone,
  token_revoked: uninstalled,
  token_expired: uninstalled,
  invalid_auth: uninstalled,
  not_authed: uninstalled,
  team_access_not_granted: uninstalled,
  team_not_found: uninstalled,
  two_factor_setup_required: uninstalled,
  missing_scope: noScope,
  not_allowed_token_type: noScope,

  // What we sent.
  msg_too_long: ourFault,
  msg_blocks_too_long: ourFault,
  invalid_blocks: ourFault,
  invalid_blocks_format: ourFault,
  invalid_attachments: ourFault,
  too_many_attachments: ourFault,
  too_many_contact_cards: ourFault,
  attachment_payload_limit_exceeded: ourFault,
  missing_file_data: ourFault,
  markdown_text_conflict: ourFault,
  as_user_not_supported: ourFault,
  invalid_metadata_format: ourFault,
  invalid_metadata_schema: ourFault,
  metadata_must_be_sent_from_app: ourFault,
  metadata_too_large: ourFault,
  no_text: ourFault,
  invalid_arguments: ourFault,
  cant_broadcast_message: ourFault,
  no_dual_broadcast_content_update: ourFault,
  duplicate_channel_not_found: ourFault,
  duplicate_message_not_found: ourFault,
}
