// A bot in one file: answers commands in every room that it is in. It needs an access key; README.md says how to get one.
import { setTimeout as pause } from 'node:timers/promises';
import { ChatClient, type Message, ParleyError } from 'parley/client';

const LOOK_AGAIN = 5_000; // ms; how soon it is at work in a room that it was added to

const { PARLEY_URL: url = 'http://localhost:4000/graphql', PARLEY_TOKEN: token } = process.env;
if (!token) throw new Error('PARLEY_TOKEN must be an access key: README.md says how to make one.');

const COMMANDS: Record<string, (words: string[], message: Message) => string> = {
  '!help': () => `I know ${Object.keys(COMMANDS).join(', ')}.`,
  '!ping': () => 'pong',
  '!time': () => `It is ${new Date().toUTCString()}.`,
  '!roll': ([sides], { author }) =>
    `${author.displayName} rolls ${1 + Math.floor(Math.random() * (Number(sides) || 6))}.`,
};

const chat = new ChatClient({ url, token });
const me = (await chat.viewer())?.user;
if (!me) throw new Error('The server does not know this access key: it was revoked, or has expired.');
const served = new Set<string>();

async function answer(message: Message): Promise<void> {
  if (message.author.bot || message.author.id === me?.id) return; // two bots that answer each other never stop
  const [command = '', ...words] = message.content?.split(/\s+/) ?? [];
  const content = Object.hasOwn(COMMANDS, command) ? COMMANDS[command]?.(words, message) : undefined;
  if (!content) return;
  // The key makes it one answer, however often it is sent, and however many copies of this bot run.
  await chat.send(message.roomId, content, { clientMessageId: `answer-${message.id}` }).catch(complain);
}

async function serve(roomId: string): Promise<void> {
  try {
    // Comes back by itself whenever the line is lost, and misses nothing.
    for await (const item of chat.listen(roomId)) {
      if (item.__typename === 'StreamReady') console.log(`${me?.username} listens in ${roomId}`);
      if (item.__typename === 'MessageSent') await answer(item.message);
    }
  } catch (error) {
    complain(error);
  }
  served.delete(roomId); // removed, banned or archived: if it is added again, it is found again
}

function complain(error: unknown): void {
  if (!(error instanceof ParleyError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  if (error.code === 'UNAUTHENTICATED') process.exit(1); // the key was revoked, or has expired
}

for (;;) {
  const { nodes: rooms } = await chat.rooms({ first: 100 }).catch((error) => ({ nodes: [], error: complain(error) }));
  for (const { id, archivedAt } of rooms) {
    if (archivedAt || served.has(id)) continue;
    served.add(id);
    void serve(id);
  }
  await pause(LOOK_AGAIN);
}
