// How each part of the process is doing: parts report, `/health/ready` reads.
import { Injectable } from '@nestjs/common';

/** `degraded`: slower, but everything is served. `down`: send nobody here. */
export type Condition = 'ok' | 'degraded' | 'down';

export interface Report {
  readonly condition: Condition;
  readonly detail?: string;
}

const PATIENCE = 1_000; // ms; a part that says nothing for so long is of no use to whoever would be sent here

@Injectable()
export class Readiness {
  private readonly parts = new Map<string, () => Promise<Report> | Report>();

  report(part: string, ask: () => Promise<Report> | Report): void {
    this.parts.set(part, ask);
  }

  async ask(): Promise<{ condition: Condition; parts: Record<string, Report> }> {
    const answers = await Promise.all(
      [...this.parts].map(async ([name, ask]): Promise<[string, Report]> => {
        try {
          return [name, await orSilent(ask())];
        } catch {
          return [name, { condition: 'down' }];
        }
      }),
    );
    const conditions = answers.map(([, report]) => report.condition);
    const condition = conditions.includes('down') ? 'down' : conditions.includes('degraded') ? 'degraded' : 'ok';
    return { condition, parts: Object.fromEntries(answers) };
  }
}

async function orSilent(answer: Promise<Report> | Report): Promise<Report> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Report>((resolve) => {
    timer = setTimeout(() => resolve({ condition: 'down', detail: 'does not answer' }), PATIENCE);
  });
  const asked = Promise.resolve(answer);
  asked.catch(() => {}); // it may fail after we have stopped waiting
  try {
    return await Promise.race([asked, silence]);
  } finally {
    clearTimeout(timer);
  }
}
