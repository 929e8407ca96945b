// Settings: defaults, values, sentences, secrets.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingError } from '../../src/config/config.js';

describe('settings', () => {
  it('have a default that works with nothing set', () => {
    const { settings, lines, warnings } = readSettings({});
    expect(settings).toMatchObject({
      port: 4_000,
      databaseUrl: null,
      redisUrl: null,
      dataDir: './data',
      playground: true,
      production: false,
    });
    expect(lines.every((line) => line.from === 'default' && line.about.length > 0)).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('are stricter in production', () => {
    expect(readSettings({ NODE_ENV: 'production' }).settings).toMatchObject({
      production: true,
      playground: false,
      demo: false,
      host: '0.0.0.0',
    });
  });

  it('are read with their units', () => {
    const { settings } = readSettings({
      SESSION_TTL: '12h',
      PARLEY_FEED_TICK: '500ms',
      ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080',
      PORT: '0',
    });
    expect(settings).toMatchObject({
      sessionTtl: 43_200_000,
      feedTick: 500,
      allowedOrigins: ['https://a.example', 'http://b.example:8080'],
      port: 0,
    });
  });

  it('limit what strangers and people may do, unless told otherwise', () => {
    expect(readSettings({}).settings).toMatchObject({
      signInTries: 10,
      signInTriesPerAccount: 50,
      sendRate: 10,
      sendBurst: 20,
      maxFrame: 131_072,
      maxLiveOperations: 50,
      maxSocketsPerSession: 20,
      maxSocketsPerAddress: 1_000,
    });
  });

  it('stand in the manual, each in its place and with its default', () => {
    const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const rows = [...manual.matchAll(/^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$/gm)].map(([, ...cells]) => cells);
    const { lines } = readSettings({});
    expect(rows).toEqual(
      lines.map(({ env, value, about }) => [env, env === 'NODE_ENV' || !value ? '–' : `\`${value}\``, about]),
    );
  });

  it('warn of names that nobody knows', () => {
    expect(readSettings({ PARLEY_SESION_IDLE: '1h' }).warnings).toEqual([
      'PARLEY_SESION_IDLE is not a setting of Parley. "npm run config" lists them all.',
    ]);
  });

  it('say what was expected and what came, and never a secret', () => {
    const sentence = (env: Record<string, string>): string => {
      try {
        readSettings(env);
        return 'accepted';
      } catch (error) {
        if (error instanceof SettingError) return error.message;
        throw error;
      }
    };
    expect(sentence({ DATABASE_URL: 'localhost' })).toBe(
      'DATABASE_URL must start with postgresql:// or postgres:// but is "localhost". Leave it out to use the embedded database.',
    );
    expect(sentence({ PARLEY_LOBBY: 'yes' })).toBe('PARLEY_LOBBY must be "true" or "false" but is "yes".');
    expect(sentence({ REDIS_URL: 'http://:secret@redis' })).not.toContain('secret');
    const { lines } = readSettings({ DATABASE_URL: 'postgresql://ada:secret@db/chat?sslpassword=secret' });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});
