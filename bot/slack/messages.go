package slack

import (
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"parley/bot/deliver"
)

// fromMessageEvent makes an event of what is said, edited or deleted in a channel whose messages Parley gets.
func fromMessageEvent(team deliver.TeamID, inner *slackevents.MessageEvent, me identity) arrival {
	if inner.Message == nil {
		return arrival{}
	}
	switch now, before := *inner.Message, inner.PreviousMessage; {
	case inner.SubType == slack.MsgSubTypeMessageDeleted && before != nil:
		return fromDeletion(team, inner, *before, inner.DeletedTimeStamp, me)
	case inner.SubType == slack.MsgSubTypeMessageChanged && now.SubType == tombstone && before != nil:
		return fromDeletion(team, inner, *before, now.Timestamp, me)
	case inner.SubType == slack.MsgSubTypeMessageChanged:
		// The preview of a link, a pin and the like change a message, too; the time of the last edit stays as it was.
		if now.Edited == nil || before != nil && before.Edited != nil && before.Edited.Timestamp == now.Edited.Timestamp {
			return arrival{}
		}
		a := fromPerson(team, inner, now, me)
		a.event.Edit(now.Edited.Timestamp)
		return a
	default:
		return fromPerson(team, inner, now, me)
	}
}

// tombstone is the subtype of what stays of a deleted message while a thread hangs on it. Slack tells of that as of a change (docs.slack.dev names only
// message_deleted; seen by users: 42wim/matterbridge, issue 600, and slack-edge/slack-edge, pull request 10).
const tombstone = "tombstone"

// fromPerson makes an event of a message as it stands. Joins and the like are not said to Parley; bots, itself first, are not people. In a channel, what
// does not name Parley concerns it only in a thread, or where it did before an edit.
func fromPerson(team deliver.TeamID, inner *slackevents.MessageEvent, m slack.Msg, me identity) arrival {
	edited := inner.SubType == slack.MsgSubTypeMessageChanged
	if !ordinary(inner.SubType) && !edited || !ordinary(m.SubType) || m.BotID != "" || m.User == "" || m.User == string(me.user) {
		return arrival{}
	}
	if inner.ChannelType == slackevents.ChannelTypeIM {
		return plainly(fromMessage(team, inner.Channel, m, me, false), m)
	}
	mentions := strings.Contains(m.Text, "<@"+string(me.user)+">") || strings.Contains(m.Text, "<@"+string(me.user)+"|")
	if !mentions && m.ThreadTimestamp == "" && !edited {
		return arrival{}
	}
	return fromMessage(team, inner.Channel, m, me, !mentions)
}

// ordinary reports whether messages of a subtype are what somebody says.
func ordinary(subtype string) bool {
	return subtype == "" || subtype == "thread_broadcast" || subtype == "file_share"
}

// plainly lets a direct message be answered below it, and not in a thread that begins with it.
func plainly(a arrival, m slack.Msg) arrival {
	if m.ThreadTimestamp == "" || m.ThreadTimestamp == m.Timestamp {
		a.event.Place.Thread = ""
	}
	return a
}

// fromDeletion makes an event of the deletion of a person's message, by the time in its id.
func fromDeletion(team deliver.TeamID, inner *slackevents.MessageEvent, before slack.Msg, ts string, me identity) arrival {
	if before.BotID != "" || before.User == string(me.user) || ts == "" {
		return arrival{}
	}
	gone := slack.Msg{User: before.User, Timestamp: ts, ThreadTimestamp: before.ThreadTimestamp}
	a := fromMessage(team, inner.Channel, gone, me, false)
	if inner.ChannelType == slackevents.ChannelTypeIM {
		a = plainly(a, gone)
	}
	a.event.Delete()
	return a
}
