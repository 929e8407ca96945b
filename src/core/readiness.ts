// How each part of the process is doing: parts report, `/health/ready` reads.
import { Injectable } from '@nestjs/common';

/** `degraded`: slower, but everything is served. `down`: send nobody here. */
export type Condition = 'ok' | 'degraded' | 'down';

export interface Report {
  readonly condition: Condition;
  readonly detail?: string;
}

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
          return [name, await ask()];
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
