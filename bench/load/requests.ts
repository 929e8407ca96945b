// Many connections over HTTP, each of which asks again as soon as it has its answer.
import { Client } from 'undici';
import { HISTORY_PAGE, readHistory, sendMessage } from './dialects.ts';
import { stamped } from './stamp.ts';
import { quantile } from './statistics.ts';

export interface RequestPlan {
  readonly port: number;
  readonly ask: keyof typeof ASK;
  readonly cookies: readonly string[];
  readonly rooms: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

export interface Answered {
  readonly requests: number;
  readonly seconds: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
  readonly loadBusy: number;
}

type Ask = (room: string) => { path: string; body: string };

const ASK = {
  'send: parley': (room) => sendMessage.parley(room, stamped(performance.now())),
  'send: stock': (room) => sendMessage.stock(room, stamped(performance.now())),
  'history: parley': readHistory.parley,
  'history: populated': readHistory.populated,
  'history: loaded': readHistory.loaded,
} satisfies Record<string, Ask>;

/** An answer without errors may still be no answer to what was asked. */
function requireWhole(ask: RequestPlan['ask'], answer: string): void {
  const [seqs, expected] = [answer.split('"seq":').length - 1, ask.startsWith('history') ? HISTORY_PAGE : 1];
  if (seqs !== expected) throw new Error(`${ask} was answered with ${seqs} messages, not ${expected}: ${answer}`);
}

export async function askAgainAndAgain(plan: RequestPlan): Promise<Answered> {
  const ask = ASK[plan.ask];
  const delays: number[] = [];
  let turn = 0;
  const start = performance.now();
  const cpu = process.cpuUsage();
  const until = start + plan.seconds * 1_000;

  const one = async (_: unknown, index: number) => {
    const client = new Client(`http://127.0.0.1:${plan.port}`);
    const cookie = plan.cookies[index % plan.cookies.length] ?? '';
    while (performance.now() < until) {
      const { path, body } = ask(plan.rooms[turn++ % plan.rooms.length] as string);
      const asked = performance.now();
      const headers = { 'content-type': 'application/json', cookie };
      const answer = await client.request({ path, method: 'POST', headers, body });
      const text = await answer.body.text();
      delays.push(performance.now() - asked);
      if (answer.statusCode >= 300 || text.includes('"errors"')) throw new Error(`${plan.ask} failed: ${text}`);
      requireWhole(plan.ask, text);
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: plan.connections }, one));

  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    requests: delays.length,
    seconds,
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    loadBusy: (user + system) / 1e6 / seconds,
  };
}
