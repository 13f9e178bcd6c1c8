// An app on @slack/bolt: in Socket Mode, or with MODE=http behind a server of its own, whose port it prints. It ends when its standard
// input does.
import bolt from "@slack/bolt";

const http = process.env.MODE === "http";
const app = new bolt.App({
  token: process.env.SLACK_BOT_TOKEN,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL, retryConfig: { retries: 0 } },
  ...(http ? { signingSecret: process.env.SLACK_SIGNING_SECRET } : { appToken: process.env.SLACK_APP_TOKEN, socketMode: true }),
});

app.error(async (error) => {
  console.error(error);
  process.exitCode = 1;
});

app.event("app_mention", async ({ event, say }) => {
  await say({ text: `Heard in ${event.channel}`, thread_ts: event.ts });
});

app.command("/parley", async ({ ack, command, respond, client }) => {
  await ack();
  await client.views.open({
    trigger_id: command.trigger_id,
    view: { type: "modal", callback_id: "ask", title: { type: "plain_text", text: "Ask" }, blocks: [] },
  });
  await respond({
    text: `You asked ${command.text}`,
    blocks: [
      { type: "actions", elements: [{ type: "button", action_id: "share", text: { type: "plain_text", text: "Share" }, value: "A1" }] },
    ],
  });
});

app.action("share", async ({ ack, respond, action }) => {
  await ack();
  await respond({ text: `Shared ${action.value}`, replace_original: true });
});

app.event("app_home_opened", async ({ event, client }) => {
  await client.views.publish({
    user_id: event.user,
    view: { type: "home", blocks: [{ type: "header", text: { type: "plain_text", text: "Welcome" } }] },
  });
});

const server = await app.start(0);
if (http) {
  console.log(server.address().port);
}
process.stdin.resume();
process.stdin.on("end", () => {
  app.stop();
  if (http) {
    server.closeAllConnections(); // one that was opened and never used would be waited for
  }
});
