// The load client: a process of its own on a core of its own, told by the harness what to do.
import { Audience, type AudiencePlan } from './audience.ts';
import { askAgainAndAgain, type RequestPlan } from './requests.ts';

let audience: Audience | null = null;

const gathered = (): Audience => {
  if (!audience) throw new Error('Nobody listens yet');
  return audience;
};

const orders = {
  async gather(plan: AudiencePlan): Promise<number> {
    audience = new Audience(plan);
    await audience.open();
    return audience.size;
  },
  inFlight: (count: number, seconds: number) => gathered().inFlight(count, seconds),
  steady: (deliveriesPerSecond: number, seconds: number) => gathered().steady(deliveriesPerSecond, seconds),
  async disperse(): Promise<void> {
    await audience?.close();
    audience = null;
  },
  ask: (plan: RequestPlan) => askAgainAndAgain(plan),
};

export type Orders = typeof orders;
export interface Order {
  readonly id: number;
  readonly name: keyof Orders;
  readonly given: readonly unknown[];
}
export interface Report {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const report = (message: Report) => process.send?.(message);

process.on('message', ({ id, name, given }: Order) => {
  const carryOut = orders[name] as (...given: readonly unknown[]) => Promise<unknown>;
  carryOut(...given).then(
    (result) => report({ id, result }),
    (error: Error) => report({ id, error: error.stack ?? String(error) }),
  );
});
process.on('disconnect', () => process.exit(0)); // the harness has gone, whatever the reason
