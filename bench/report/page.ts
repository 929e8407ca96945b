// Writes what was measured into docs/performance.md, between its two marks, and the chart beside it.
import { readFile, writeFile } from 'node:fs/promises';
import { barChart } from './chart.ts';
import { judge } from './goals.ts';
import type { Results } from './results.ts';
import { markdown, sectionTable, verdictTable } from './tables.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const BEGIN = '<!-- measured: written by npm run bench -- --render -->';
const END = '<!-- /measured -->';
const CHART = 'performance.svg';
const CHARTED = ['fanout/room/2', 'fanout/room/8', 'fanout/rooms/2'];

export async function renderPage(results: readonly Results[]): Promise<void> {
  const file = new URL('performance.md', DOCS);
  const page = await readFile(file, 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/performance.md has lost its marks: ${BEGIN} … ${END}`);
  const sections = results.flatMap((result) => result.sections);
  const charted = sections.filter(({ id }) => CHARTED.includes(id));
  const title = 'Server CPU µs per delivery';
  if (charted.length > 0) await writeFile(new URL(CHART, DOCS), barChart(title, charted, 'cpu'));

  const parts = [
    results.map(provenance).join('\n'),
    `## Goals\n\n${markdown(verdictTable(judge(sections)))}`,
    ...(charted.length > 0 ? [`## Server CPU µs per delivery\n\n![${title}: shorter is better](${CHART})`] : []),
    `## Figures\n\n${sections.map((section) => `### ${section.title}\n\n${markdown(sectionTable(section))}`).join('\n\n')}`,
    `## Versions\n\n${versionsOf(results)}`,
  ];
  await writeFile(file, `${page.slice(0, begin)}${BEGIN}\n\n${parts.join('\n\n')}\n\n${page.slice(end)}`);
}

function provenance({ scenario, length, surroundings, services }: Results): string {
  const { date, cpu, cores, pinned, kernel, node, commit } = surroundings;
  const where = pinned ? 'server and load client on a core each' : 'server and load client not pinned';
  return (
    `- \`${scenario}\`: ${date.slice(0, 16).replace('T', ' ')} UTC, ${length.name} length (${length.rounds} rounds of ${length.seconds} s), commit ${commit}; ` +
    `${cpu}, ${cores} cores, ${where}; Linux ${kernel}, Node ${node}, ${services.postgres}, ${services.redis}`
  );
}

function versionsOf(results: readonly Results[]): string {
  const versions = Object.assign({}, ...results.map((result) => result.versions)) as Record<string, string>;
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(' · ');
}
