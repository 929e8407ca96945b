// The registry of metrics, and the few lines it takes to add one.
import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter(name: string, help: string): Counter {
    return new Counter({ name: `parley_${name}`, help, registers: [this.registry] });
  }

  /** A number that is read when somebody asks for it, so that nothing has to be kept in step. */
  gauge(name: string, help: string, read: () => number): Gauge {
    return new Gauge({
      name: `parley_${name}`,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
