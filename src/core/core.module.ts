// What every floor may use.
import { Global, Module } from '@nestjs/common';
import { DateTime } from './date-time.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

@Global()
@Module({ providers: [DateTime, Readiness, Metrics], exports: [Readiness, Metrics] })
export class CoreModule {}
