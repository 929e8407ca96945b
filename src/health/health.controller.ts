// For whoever runs it: is the process alive, can it take people, and how is it doing.
import { Controller, Get, Header, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Settings } from '../config/config.js';
import { Metrics } from '../core/metrics.js';
import { Readiness } from '../core/readiness.js';

@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly settings: Settings,
  ) {}

  /** The process answers. Says nothing about its neighbours: restarting it would not mend them. */
  @Get('health/live')
  live() {
    return { condition: 'ok' };
  }

  /** 200 while it serves, be it slowly (`degraded`); 503 when nobody should be sent here. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const answer = await this.readiness.ask();
    reply.code(answer.condition === 'down' ? 503 : 200);
    return answer;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async all(): Promise<string> {
    if (!this.settings.metrics) throw new NotFoundException();
    return this.metrics.registry.metrics();
  }
}
