// An app on @slack/socket-mode and @slack/web-api. It ends when its standard input does.
import { SocketModeClient } from "@slack/socket-mode";
import { WebClient } from "@slack/web-api";

const slackApiUrl = process.env.SLACK_API_URL;
const web = new WebClient(process.env.SLACK_BOT_TOKEN, { slackApiUrl, retryConfig: { retries: 0 } });
// The client waits for its ping timeout, in ms, before it connects again.
const client = new SocketModeClient({ appToken: process.env.SLACK_APP_TOKEN, clientOptions: { slackApiUrl }, clientPingTimeout: 500 });

// fail makes the whole run fail, whatever else goes well.
function fail(error) {
  console.error(error);
  process.exitCode = 1;
}

function handler(f) {
  return (args) => f(args).catch(fail);
}

client.on("app_mention", handler(async ({ ack, event }) => {
  await ack();
  const posted = await web.chat.postMessage({
    channel: event.channel,
    thread_ts: event.ts,
    text: "Looking",
    metadata: { event_type: "answer", event_payload: { id: "A1" } },
  });
  await web.chat.update({
    channel: posted.channel,
    ts: posted.ts,
    text: "In May",
    metadata: { event_type: "answer", event_payload: { id: "A1" } },
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: "*In May*" } },
      { type: "actions", elements: [{ type: "button", action_id: "report", text: { type: "plain_text", text: "Report" }, value: "A1" }] },
    ],
  });
}));

// Of a mention there comes a message event too, our own messages among them.
client.on("message", handler(async ({ ack }) => ack()));

client.on("slash_commands", handler(async ({ ack, body }) => {
  await ack({ text: `You asked ${body.text}` });
}));

client.on("interactive", handler(async ({ ack, body }) => {
  if (body.type === "view_submission") {
    const text = body.view.state.values.what.text.value;
    await ack(text === "?" ? { response_action: "errors", errors: { what: "Say more" } } : undefined);
    return;
  }
  await ack();
  const { view } = await web.views.open({
    trigger_id: body.trigger_id,
    view: { type: "modal", callback_id: "report", title: { type: "plain_text", text: "Loading" }, blocks: [] },
  });
  await web.views.update({
    view_id: view.id,
    hash: view.hash,
    view: {
      type: "modal",
      callback_id: "report",
      title: { type: "plain_text", text: "Report" },
      submit: { type: "plain_text", text: "Send" },
      blocks: [
        {
          type: "input",
          block_id: "what",
          label: { type: "plain_text", text: "What?" },
          element: { type: "plain_text_input", action_id: "text" },
        },
      ],
    },
  });
}));

await client.start();
process.stdin.resume();
process.stdin.on("end", () => client.disconnect().catch(fail));
