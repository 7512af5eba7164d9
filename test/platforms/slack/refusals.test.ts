import { describe, expect, test } from 'vitest'
import { phrases } from '../../../src/phrases/phrases.ts'
import { deliveryError, isThreadRefused } from '../../../src/platforms/slack/refusals/delivery-error.ts'

/** The errors that Slack documents, from docs.slack.dev/reference/methods (as of 2026-08). */
const DOCUMENTED: Record<string, string> = {
  'chat.postMessage':
    'as_user_not_supported channel_not_found duplicate_channel_not_found duplicate_message_not_found ekm_access_denied invalid_blocks invalid_blocks_format invalid_metadata_format invalid_metadata_schema is_archived markdown_text_conflict message_limit_exceeded messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large msg_blocks_too_long no_text not_in_channel rate_limited restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked team_not_found too_many_attachments too_many_contact_cards cannot_reply_to_message missing_file_data attachment_payload_limit_exceeded',
  'chat.update':
    'as_user_not_supported block_mismatch cant_broadcast_message cant_update_message channel_not_found edit_window_closed external_channel_migrating invalid_attachments invalid_blocks invalid_metadata_format invalid_metadata_schema is_inactive markdown_text_conflict message_not_found metadata_must_be_sent_from_app metadata_too_large msg_too_long no_dual_broadcast_content_update no_text slack_connect_file_link_sharing_blocked team_not_found too_many_attachments update_failed invalid_blocks_format streaming_state_conflict',
  'conversations.open':
    'channel_not_found invalid_user_combination method_not_supported_for_channel_type missing_scope restricted_action user_disabled user_not_found user_not_visible app_cannot_join_channel',
  'of every method':
    'access_denied accesslimited account_inactive ekm_access_denied fatal_error internal_error invalid_auth missing_scope no_permission not_allowed_token_type not_authed org_login_required ratelimited request_timeout service_unavailable team_access_not_granted team_added_to_org token_expired token_revoked',
  'seen, not documented': 'app_access_restricted channel_is_limited_access cannot_dm_bot thread_not_found',
}
const PASSING = new Set(
  'accesslimited external_channel_migrating fatal_error internal_error message_limit_exceeded org_login_required rate_limited ratelimited request_timeout service_unavailable streaming_state_conflict team_added_to_org update_failed'.split(
    ' ',
  ),
)

const refusal = (code: string, method = 'chat.postMessage', place = 'slack:T1/C1') =>
  deliveryError({ code: 'slack_webapi_platform_error', data: { error: code } }, method, place)

describe.each(Object.entries(DOCUMENTED))('what Slack refuses: %s', (method, codes) => {
  test.each(codes.split(' '))('%s either passes or says why and what to do', code => {
    for (const called of method.includes('.') ? [method] : ['chat.postMessage', 'chat.update']) {
      const { retryInMs, human } = refusal(code, called)
      expect(retryInMs !== undefined).toBe(PASSING.has(code))
      expect(human !== undefined).toBe(!PASSING.has(code))
      // Every documented code has a sentence of its own: the one with the code in it is for codes that are new.
      expect(human ?? '').not.toBe(phrases.slack.refused(code))
    }
  })
})

test('a refusal that is new gets a true sentence with its code, never the advice to invite the bot', () => {
  expect(refusal('something_new').human).toBe('Slack refused this (something_new). It has been logged.')
  expect(refusal('something_new').retryInMs).toBeUndefined()
  expect(refusal('something_new')).toSatisfy(isThreadRefused)
})

test('nobody is told to invite the bot into a conversation between two people', () => {
  expect(refusal('channel_not_found', 'chat.postMessage', 'slack:T1/D2').human).not.toMatch(/invite/i)
})

test('of a message that cannot be changed it says so, and whether another try can help', () => {
  for (const code of Object.values(DOCUMENTED).join(' ').split(' ')) {
    const { human, retryInMs, curable } = refusal(code, 'chat.update')
    if (retryInMs !== undefined) continue
    expect(human).not.toMatch(/can’t post|can’t reply|send this again/)
    expect(curable ?? false).toBe(
      !/^(?:message_not_found|thread_not_found|cant_update_message|block_mismatch)$/.test(code),
    )
  }
  expect(refusal('is_inactive', 'chat.update').human).toBe(
    'The channel is archived. Somebody can unarchive it.',
  )
  expect(refusal('edit_window_closed', 'chat.update').human).toMatch(/administrator can allow it/)
})
