package slack

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
)

// fatalSentence returns the remedy for an error of a token that no retry helps against, and whether it is one. The codes are those of the methods auth.test and
// apps.connections.open; the library takes only four of them for fatal and repeats the others for ever.
func fatalSentence(setting string, err error) (sentence string, fatal bool) {
	var refused slack.SlackErrorResponse
	code := err.Error()
	if errors.As(err, &refused) {
		code = refused.Err
	}
	switch code {
	case "invalid_auth", "not_authed":
		return fmt.Sprintf("Slack does not know the token in %s: copy it again from the app's settings (api.slack.com/apps).", setting), true
	case "token_revoked", "token_expired":
		return fmt.Sprintf("The Slack token in %s is no longer valid: install the app again and set the new token.", setting), true
	case "account_inactive", "app_uninstalled":
		return "The Slack app is not installed in its workspace any more: install it again and set the new token.", true
	case "not_allowed_token_type":
		return fmt.Sprintf("The Slack token in %s is of the wrong kind: bot tokens begin with xoxb-, app tokens with xapp-.", setting), true
	case "missing_scope":
		return fmt.Sprintf("The Slack token in %s lacks the scope %s: add it in the app's settings, install the app again, and set the new token.", setting, refused.Needed), true
	case "forbidden_team", "team_access_not_granted", "access_denied":
		return "Slack does not let the app into this workspace: an administrator there must allow it.", true
	default:
		return "", false
	}
}

// uninstalled reports whether an error says that the app is not in the workspace of its token any more.
func uninstalled(err error) bool {
	var refused slack.SlackErrorResponse
	return errors.As(err, &refused) && (refused.Err == "account_inactive" || refused.Err == "app_uninstalled")
}

// failure returns the deliver.Failure for an error of a call. Idempotent calls are Postponed, to be repeated; a post without a clear refusal is
// Lost, since it may have arrived.
func failure(err error, idempotent bool) error {
	if err == nil {
		return nil
	}
	f := bot.Unanswered("Slack", err, idempotent)
	var limited *slack.RateLimitedError
	var refused slack.SlackErrorResponse
	var status slack.StatusCodeError
	switch {
	case errors.As(err, &limited):
		f.Kind, f.After, f.Reason = deliver.Postponed, limited.RetryAfter, "Slack asks to wait"
	case errors.As(err, &refused):
		classify(f, refused, idempotent)
	case errors.As(err, &status) && status.Code == http.StatusTooManyRequests:
		f.Kind, f.After, f.Reason = deliver.Postponed, time.Second, "Slack asks to wait"
	case errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusGone || status.Code == http.StatusForbidden):
		f.Kind, f.Reason = deliver.Refused, "Slack does not take an answer to this any more"
	case errors.As(err, &status) && status.Code < 500:
		f.Kind, f.Reason = deliver.Refused, fmt.Sprintf("Slack refused it with status %d", status.Code)
	}
	return f
}

// classify sets the kind and reason for an error code of Slack's. The codes are listed on the pages of the methods chat.postMessage,
// chat.postEphemeral, chat.update, chat.delete and conversations.open.
func classify(f *deliver.Failure, refused slack.SlackErrorResponse, idempotent bool) {
	reasons := map[string]string{
		"not_in_channel":                      "Parley is not in that channel; invite it with /invite",
		"channel_not_found":                   "Parley cannot see that channel any more",
		"is_archived":                         "the channel is archived",
		"is_inactive":                         "the channel is archived, frozen or deleted",
		"user_not_in_channel":                 "the person has left the channel",
		"message_not_found":                   "the message was deleted",
		"cant_update_message":                 "the message cannot be edited",
		"cant_delete_message":                 "the message cannot be deleted",
		"edit_window_closed":                  "the message is too old to be edited",
		"thread_not_found":                    "the thread was deleted",
		"restricted_action":                   "the workspace does not let Parley post there",
		"restricted_action_read_only_channel": "only some people may post in that channel",
		"token_revoked":                       "Parley's access was revoked",
		"account_inactive":                    "Parley was removed from the workspace",
		"invalid_auth":                        "Slack does not accept Parley's token",
		"not_authed":                          "Slack does not accept Parley's token",
		"missing_scope":                       "Parley lacks the permission " + refused.Needed,
		"msg_too_long":                        "the message is too long for Slack",
		"invalid_blocks":                      "Slack does not accept how the message is built",
		"no_permission":                       "Parley may not do that there",
		"messages_tab_disabled":               "the app does not take direct messages",
		"cannot_dm_bot":                       "it is a bot, which takes no direct messages",
		"user_disabled":                       "the person's account is closed",
		"user_not_found":                      "the person is not in the workspace any more",
		"user_not_visible":                    "Parley may not see the person",
		"invalid_user_combination":            "the person is in another organization, and in no channel with Parley",
		"used_url":                            "Slack takes no more answers to this",
		"expired_url":                         "Slack takes no more answers to this",
	}
	switch reason, known := reasons[refused.Err]; {
	case known:
		f.Kind, f.Reason = deliver.Refused, reason
	case refused.Err == "ratelimited" || refused.Err == "rate_limited":
		f.Kind, f.After, f.Reason = deliver.Postponed, time.Second, "Slack asks to wait"
	case refused.Err == "external_channel_migrating" || refused.Err == "team_added_to_org" || refused.Err == "org_login_required":
		f.Kind, f.After, f.Reason = deliver.Postponed, time.Minute, "Slack is moving the channel or the workspace"
	case refused.Err == "internal_error" || refused.Err == "fatal_error" || refused.Err == "service_unavailable" || refused.Err == "request_timeout" ||
		refused.Err == "update_failed":
		// Slack failed, perhaps after it took the message.
	default:
		f.Kind, f.Reason = deliver.Refused, fmt.Sprintf("Slack refused it: %s", refused.Err)
	}
	if idempotent && f.Kind == deliver.Lost {
		f.Kind = deliver.Postponed
	}
}
