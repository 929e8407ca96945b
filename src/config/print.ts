// `npm run config`: every setting, its value, and where it came from. Secrets are hidden.
import { readSettings, SettingError } from './config.js';

try {
  const { lines, warnings } = readSettings();
  const width = (pick: (line: (typeof lines)[number]) => string) => Math.max(...lines.map((line) => pick(line).length));
  const nameWidth = width((line) => line.env);
  const valueWidth = Math.min(
    40,
    width((line) => line.value),
  );
  for (const { env, value, from, about } of lines) {
    console.log(`${env.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${from.padEnd(11)}  ${about}`);
  }
  for (const warning of warnings) console.warn(`\nWarning: ${warning}`);
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
