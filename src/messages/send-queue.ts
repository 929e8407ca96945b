// Sends that arrive together commit together. Two lanes: the swift one waits for no room; what belongs to a room that
// somebody else has locked goes over to the patient one, which does. So a room that is stuck holds up no other.
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ChatError, unavailable } from '../core/errors.js';
import { Database, isUniqueViolation } from '../database/database.js';
import { RoomLog } from '../rooms/room-log.js';
import type { Message } from './message.model.js';
import { SendLane } from './send-lane.js';
import { type Send, sendMessages } from './send-message.sql.js';
import { messageOf, type SendOutcome, sentEvent } from './send-outcome.js';
import { WaitingSend } from './waiting-send.js';

const MAX_WAITING = 20_000; // sends; several seconds' worth, and nobody waits longer than that
const RUNS = 5; // of sends whose twins are committing elsewhere at the same moment; the second one nearly always finds them

@Injectable()
export class SendQueue implements BeforeApplicationShutdown {
  private readonly swift = new SendLane((sends) => this.flySwiftly(sends));
  private readonly patient = new SendLane((sends) => this.commit(sends, false));

  constructor(
    private readonly database: Database,
    private readonly log: RoomLog,
  ) {}

  /** Resolves once it is committed. In one room, sends are committed in the order in which they come here. */
  send(send: Send): Promise<Message> {
    if (this.swift.length + this.patient.length >= MAX_WAITING) return Promise.reject(unavailable());
    const one = new WaitingSend(send);
    this.swift.add(one); // also when it will go over: nobody is overtaken
    return one.answer;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.swift.idle(); // first, for it still hands over
    await this.patient.idle();
  }

  private async flySwiftly(sends: WaitingSend[]): Promise<void> {
    const [over, rest] = divide(sends, ({ send }) => this.patient.serves(send.roomId));
    for (const one of over) this.patient.add(one);
    await this.commit(rest, true);
  }

  private async commit(sends: WaitingSend[], swiftly: boolean): Promise<void> {
    if (sends.length === 0) return;
    let outcomes: Map<string, SendOutcome>;
    try {
      outcomes = await this.run(sends, swiftly);
    } catch (error) {
      return this.failed(sends, swiftly, error);
    }
    for (const one of sends) {
      const outcome = outcomes.get(one.send.id);
      if (!outcome && swiftly)
        this.patient.add(one); // the room is locked by somebody else, or there is none
      else this.tell(one, outcome);
    }
  }

  /** One bad send spoils the statement for all: halves are tried until it is alone. A database that is away fails them all. */
  private async failed(sends: WaitingSend[], swiftly: boolean, error: unknown): Promise<void> {
    if (sends.length === 1 || error instanceof ChatError) {
      for (const one of sends) one.refuse(error);
      return;
    }
    const middle = sends.length >> 1;
    for (const half of [sends.slice(0, middle), sends.slice(middle)]) {
      const still = half.filter(({ settled }) => !settled);
      await (swiftly ? this.flySwiftly(still) : this.commit(still, false));
    }
  }

  private async run(sends: WaitingSend[], skipLocked: boolean): Promise<Map<string, SendOutcome>> {
    const statement = sendMessages(
      sends.map(({ send }) => send),
      { skipLocked },
    );
    for (let run = 1; ; run += 1) {
      try {
        const outcomes = await this.database.statement(statement);
        return new Map(outcomes.map((outcome) => [outcome.send_id, outcome]));
      } catch (error) {
        if (run === RUNS || !isUniqueViolation(error, 'messages_client_message_id_unique')) throw error;
      }
    }
  }

  private tell(one: WaitingSend, outcome: SendOutcome | undefined): void {
    try {
      const message = messageOf(outcome);
      // Also when nobody waits for the answer any more.
      if (!outcome?.again) this.log.announce(sentEvent(message, outcome?.mentioned ?? []));
      one.accept(message);
    } catch (refusal) {
      one.refuse(refusal);
    }
  }
}

function divide<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (test(one) ? yes : no).push(one);
  return [yes, no];
}
