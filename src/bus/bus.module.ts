// The bus: Redis when an address is given, else inside the process.
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../config/config.js';
import { Metrics } from '../core/metrics.js';
import { Readiness } from '../core/readiness.js';
import { SharedKey } from '../core/shared-key.js';
import { EventBus } from './event-bus.js';
import { MemoryEventBus } from './event-bus.memory.js';
import { RedisEventBus } from './event-bus.redis.js';
import { Seal } from './seal.js';

@Global()
@Module({
  providers: [
    {
      provide: EventBus,
      inject: [Settings, Metrics, SharedKey],
      useFactory: ({ redisUrl }: Settings, metrics: Metrics, sharedKey: SharedKey): EventBus => {
        const lost = metrics.counter('bus_publish_failures_total', 'Facts that could not be told to the bus.');
        const forged = metrics.counter('bus_forged_total', 'Facts on the bus that none of our processes told.');
        if (!redisUrl) return new MemoryEventBus();
        return new RedisEventBus(redisUrl, new Seal(sharedKey.bytes), {
          onLost: () => lost.inc(),
          onForged: () => forged.inc(),
        });
      },
    },
  ],
  exports: [EventBus],
})
export class BusModule implements OnApplicationShutdown {
  constructor(
    @Inject(EventBus) private readonly bus: EventBus,
    readiness: Readiness,
    metrics: Metrics,
  ) {
    metrics.gauge('bus_channels', 'Channels of the bus that this process listens to.', () => bus.channels);
    readiness.report('bus', () =>
      bus.up ? { condition: 'ok' } : { condition: 'degraded', detail: 'Redis is away: delivery goes on from the log.' },
    );
  }

  onApplicationShutdown(): void {
    if (this.bus instanceof RedisEventBus) this.bus.close();
  }
}
