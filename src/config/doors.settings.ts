// Settings of who comes in, from where, for how long, and what is open to them.
import { setting } from './definition.js';
import { duration, flag, origins, UNITS, whole } from './kinds.js';

export const doorSettings = (inProduction: boolean) => ({
  allowedOrigins: setting(
    'ALLOWED_ORIGINS',
    origins,
    [],
    'origins of web pages that may call besides our own, comma-separated',
  ),
  trustProxy: setting(
    'PARLEY_TRUST_PROXY',
    flag,
    false,
    'believe X-Forwarded-For and -Proto; only behind a proxy that sets them itself',
  ),
  sessionTtl: setting('SESSION_TTL', duration, 30 * UNITS.d, 'a session ends this long after sign-in, used or not'),
  sessionIdle: setting('PARLEY_SESSION_IDLE', duration, 14 * UNITS.d, 'a session ends after this long without use'),
  sessionRecheck: setting(
    'PARLEY_SESSION_RECHECK',
    duration,
    15 * UNITS.s,
    'how often sessions of open sockets are looked up again, should the bus have lost their end',
  ),
  signInTries: setting(
    'PARLEY_SIGN_IN_TRIES',
    whole(1, 1_000_000),
    10,
    'wrong passwords for one account from one address in 15 minutes; nobody mistypes more often',
  ),
  signInTriesPerAccount: setting(
    'PARLEY_SIGN_IN_TRIES_PER_ACCOUNT',
    whole(1, 1_000_000),
    50,
    'wrong passwords for one account an hour, from all addresses',
  ),
  signInTriesPerAddress: setting(
    'PARLEY_SIGN_IN_TRIES_PER_ADDRESS',
    whole(1, 1_000_000),
    300,
    'sign-ins from one address in 15 minutes, whoever it is: an office on Monday morning',
  ),
  signUpsPerAddress: setting(
    'PARLEY_SIGN_UPS_PER_ADDRESS',
    whole(1, 1_000_000),
    100,
    'accounts made from one address an hour: a class on its first day',
  ),
  signUp: setting('PARLEY_SIGN_UP', flag, true, 'whether strangers may make an account'),
  lobby: setting('PARLEY_LOBBY', flag, true, 'whether new people join the lobby'),
  playground: setting('PARLEY_PLAYGROUND', flag, !inProduction, 'GraphiQL at /graphql, and introspection'),
  demo: setting('PARLEY_DEMO', flag, !inProduction, 'make Ada, Bob and Cleo in an empty embedded database'),
  metrics: setting(
    'PARLEY_METRICS',
    flag,
    true,
    'Prometheus metrics at /metrics; keep the path from strangers at the proxy',
  ),
});
